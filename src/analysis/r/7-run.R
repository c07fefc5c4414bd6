
# All together.
procedures <- list(
  fisher = fisher, "chi-squared" = chi_squared, "mantel-haenszel" = mantel_haenszel, difference = comparison, ratio = comparison,
  "odds-ratio" = comparison, "odds-ratio-woolf" = comparison, mcnemar = mcnemar, "mcnemar-chi-squared" = mcnemar,
  wilcoxon = rank_sum, "kruskal-wallis" = kruskal, welch = welch, "signed-rank" = signed_rank
)

left_out <- function(note, count) {
  mine <- if (count > 0) paste(count, "left out: not known") else ""
  paste(c(note, mine)[c(note, mine) != ""], collapse = "; ")
}

rows_by_statistic <- split(seq_len(nrow(measured)), measured$statistic)
rows_of <- function(id) measured[rows_by_statistic[[id]], ]

estimates_of <- function(at) {
  spec <- as.list(specs[at, ])
  d <- rows_of(spec$id)
  if (nrow(d) == 0) {
    rows <- answer(spec$method, 0, note = "nobody to compute from")
  } else if (spec$kind == "survival") {
    rows <- rbind(if (length(unique(d$group)) > 1 || d$group[1] != "") log_rank(d, spec), survival_at(d, spec))
  } else if (spec$kind == "heterogeneity") {
    rows <- heterogeneity(d, spec)
  } else {
    rows <- procedures[[spec$method]](d, spec)
  }
  if (is.null(rows)) return(NULL)
  rows$id <- ifelse(rows$id == "", spec$id, rows$id)
  rows$label <- ifelse(rows$label == "", spec$label, rows$label)
  rows$level <- spec$level
  rows$family <- spec$family
  rows$adjust <- spec$adjust
  rows$note <- vapply(rows$note, left_out, "", spec$left_out, USE.NAMES = FALSE)
  rows
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

with_header <- function(header, rows) do.call(rbind, c(list(header), unname(rows)))
is_proportion <- specs$kind == "proportion"
shares <- specs[is_proportion, ]
written(with_header(
  data.frame(
    id = character(), label = character(), x = integer(), n = integer(), estimate = numeric(), low = numeric(), high = numeric(),
    level = numeric(), method = character()
  ),
  Map(proportion, shares$id, shares$label, shares$level, shares$method)
), "statistics-r.csv")

estimates <- do.call(rbind, lapply(which(!is_proportion), estimates_of))
columns <- c("id", "label", "method", "estimate", "low", "high", "level", "statistic", "df", "p", "p_adjusted", "n", "note")
if (is.null(estimates)) {
  estimates <- data.frame(matrix(character(), 0, length(columns), dimnames = list(NULL, columns)))
} else {
  # Holm 1979; Hochberg 1988; Benjamini and Hochberg 1995; Bonferroni. Of those with a p in the family.
  estimates$p_adjusted <- NA_real_
  for (family in setdiff(unique(estimates$family), "")) {
    mine <- estimates$family == family & !is.na(estimates$p)
    estimates$p_adjusted[mine] <- p.adjust(estimates$p[mine], estimates$adjust[mine][1])
  }
}
written(digits(estimates[columns]), "estimates-r.csv")

curves <- do.call(rbind, lapply(which(specs$kind == "survival"), function(at) {
  spec <- as.list(specs[at, ])
  d <- rows_of(spec$id)
  if (nrow(d) > 0) curve_rows(d, spec)
}))
columns <- c(
  "id", "label", "group", "group_label", "n", "events_in_all", "median", "median_low", "median_high",
  "time", "at_risk", "events", "censored", "survival", "low", "high"
)
if (is.null(curves)) curves <- data.frame(matrix(character(), 0, length(columns), dimnames = list(NULL, columns)))
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
