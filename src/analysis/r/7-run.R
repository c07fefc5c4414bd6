
# All together.
procedures <- list(
  fisher = fisher, "chi-squared" = chi_squared, "mantel-haenszel" = mantel_haenszel, difference = comparison, ratio = comparison,
  "odds-ratio" = comparison, "odds-ratio-woolf" = comparison, mcnemar = mcnemar, "mcnemar-chi-squared" = mcnemar,
  wilcoxon = rank_sum, "kruskal-wallis" = kruskal, welch = welch, "signed-rank" = signed_rank
)

rows_by_statistic <- split(seq_len(nrow(measured)), measured$statistic)
rows_of <- function(id) measured[rows_by_statistic[[id]], ]

estimates_of <- function(at) {
  spec <- as.list(specs[at, ])
  d <- rows_of(spec$id)
  if (nrow(d) == 0) {
    rows <- list(answer(spec$method, 0, note = "nobody to compute from"))
  } else if (spec$kind == "survival") {
    rows <- c(if (length(unique(d$group)) > 1 || d$group[1] != "") list(log_rank(d, spec)), survival_at(d, spec))
  } else if (spec$kind == "heterogeneity") {
    rows <- list(heterogeneity(d, spec))
  } else {
    rows <- list(procedures[[spec$method]](d, spec))
  }
  lapply(rows, function(row) {
    if (row$id == "") row$id <- spec$id
    if (row$label == "") row$label <- spec$label
    row$note <- joined(row$note, if (spec$left_out > 0) paste(spec$left_out, "left out: not known"))
    c(row, list(level = spec$level, family = spec$family, adjust = spec$adjust))
  })
}

# Twelve significant digits: what is beyond them is the rounding of one machine or another.
digits <- function(d) {
  numbers <- vapply(d, is.double, TRUE)
  d[numbers] <- lapply(d[numbers], signif, 12)
  d
}
written <- function(d, file) {
  connection <- file(file, "wb")
  write.csv(d, connection, row.names = FALSE, na = "")
  close(connection)
}

with_header <- function(header, rows) if (length(rows) > 0) bound(rows) else header
is_proportion <- specs$kind == "proportion"
shares <- specs[is_proportion, ]
written(with_header(
  data.frame(
    id = character(), label = character(), x = integer(), n = integer(), estimate = numeric(), low = numeric(), high = numeric(),
    level = numeric(), method = character(), note = character()
  ),
  Map(proportion, shares$id, shares$label, shares$level, shares$method, shares$left_out)
), "statistics-r.csv")

adjustments <- c(holm = "Holm", hochberg = "Hochberg", BH = "Benjamini and Hochberg", bonferroni = "Bonferroni")
estimates <- unlist(lapply(which(!is_proportion), estimates_of), recursive = FALSE)
columns <- c("id", "label", "method", "estimate", "low", "high", "level", "statistic", "df", "p", "p_adjusted", "n", "note")
if (length(estimates) == 0) {
  estimates <- data.frame(matrix(character(), 0, length(columns), dimnames = list(NULL, columns)))
} else {
  estimates <- bound(estimates)
  # Holm 1979; Hochberg 1988; Benjamini and Hochberg 1995; Bonferroni. Of those with a p in the family.
  estimates$p_adjusted <- NA_real_
  for (family in setdiff(unique(estimates$family), "")) {
    mine <- estimates$family == family
    known <- mine & !is.na(estimates$p)
    method <- estimates$adjust[mine][1]
    estimates$p_adjusted[known] <- p.adjust(estimates$p[known], method)
    how <- paste0("P adjusted by ", adjustments[[method]], ", family of ", sum(known))
    estimates$note[known] <- vapply(estimates$note[known], joined, "", how)
  }
}
written(digits(estimates[columns]), "estimates-r.csv")

curves <- unlist(lapply(which(specs$kind == "survival"), function(at) {
  spec <- as.list(specs[at, ])
  d <- rows_of(spec$id)
  if (nrow(d) > 0) curve_rows(d, spec)
}), recursive = FALSE)
columns <- c(
  "id", "label", "group", "group_label", "n", "events_in_all", "median", "median_low", "median_high",
  "time", "at_risk", "events", "censored", "survival", "low", "high"
)
curves <- if (is.null(curves)) data.frame(matrix(character(), 0, length(columns), dimnames = list(NULL, columns))) else bound(curves)
written(digits(curves[columns]), "curves-r.csv")

agreements <- with_header(
  data.frame(
    instrument = character(), field = character(), label = character(), pairs = integer(), differing = integer(), agreement = numeric(),
    kappa = numeric(), kappa_low = numeric(), kappa_high = numeric(),
    weighted_kappa = numeric(), weighted_low = numeric(), weighted_high = numeric(),
    ac1 = numeric(), ac1_low = numeric(), ac1_high = numeric(), icc = numeric(), icc_low = numeric(), icc_high = numeric(),
    prevalence_index = numeric(), bias_index = numeric(), pabak = numeric(), note = character()
  ),
  Map(field_agreement, fields$instrument, fields$field, fields$label, fields$type, fields$categories, fields$levels)
)
written(digits(agreements), "agreement.csv")
