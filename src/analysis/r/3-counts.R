
# Counts of two or more groups. `d` has value, group, stratum.

# Which group is held against which, and what there is of each: without it nobody can read an effect.
direction <- function(d, word, of_each) {
  groups <- unique(d$group)
  labels <- d$group_label[match(groups, d$group)]
  named <- paste0(ifelse(labels == "", groups, labels), of_each)
  paste(named[2], word, named[1])
}

# Fisher's exact test; of larger tables that of Freeman and Halton (Biometrika 1951).
fisher <- function(d, spec) {
  counts <- table(ordered_groups(d$value), ordered_groups(d$group))
  name <- if (all(dim(counts) == 2)) "Fisher's exact test" else "Fisher-Freeman-Halton exact test"
  if (any(dim(counts) < 2)) return(answer(name, nrow(d), note = "needs two groups and two outcomes"))
  test <- quiet(fisher.test(counts, workspace = 2e6, conf.int = FALSE))
  if (is.null(test)) return(answer(name, nrow(d), note = "the table is too large for an exact test: use chi-squared"))
  answer(name, nrow(d), p = min(1, test$p.value))
}

# Pearson's test, without the correction for continuity.
chi_squared <- function(d, spec) {
  counts <- table(ordered_groups(d$value), ordered_groups(d$group))
  name <- "Pearson's chi-squared test without correction for continuity"
  if (any(dim(counts) < 2)) return(answer(name, nrow(d), note = "needs two groups and two outcomes"))
  test <- quiet(chisq.test(counts, correct = FALSE))
  small <- sum(test$expected < 5)
  note <- if (small > 0) paste(small, "of", length(counts), "expected counts are below 5: prefer Fisher's exact test") else ""
  answer(name, nrow(d), statistic = test$statistic, df = test$parameter, p = test$p.value, note = note)
}

# Mantel and Haenszel, J Natl Cancer Inst 1959: common odds ratio of the second group to the first over strata, its
# interval after Robins, Breslow and Greenland (Biometrics 1986), and the test with correction for continuity.
mantel_haenszel_name <- "Mantel-Haenszel common odds ratio (Robins-Breslow-Greenland interval), test with correction for continuity"

mantel_haenszel <- function(d, spec) {
  name <- mantel_haenszel_name
  against <- direction(d, "against", "")
  d$group <- factor(d$group, levels = rev(unique(d$group)))
  d$value <- factor(d$value, levels = c("true", "false"))
  counts <- table(d$group, d$value, ordered_groups(d$stratum))
  keep <- apply(counts, 3, sum) > 1
  counts <- counts[, , keep, drop = FALSE]
  strata <- paste(dim(counts)[3], if (dim(counts)[3] == 1) "stratum" else "strata")
  if (dim(counts)[1] != 2) return(answer(name, nrow(d), note = "needs two groups"))
  if (dim(counts)[3] == 0) return(answer(name, nrow(d), note = "no stratum has two subjects"))
  result <- mantel_haenszel_of(counts, spec$level, nrow(d))
  result$note <- joined(paste0(against, ", ", strata), result$note)
  result
}

mantel_haenszel_of <- function(counts, level, n) {
  # mantelhaen.test refuses a single stratum; the formulas are those of the sources. Products of whole numbers overflow.
  storage.mode(counts) <- "double"
  a <- counts[1, 1, ]; b <- counts[1, 2, ]; c <- counts[2, 1, ]; d <- counts[2, 2, ]
  size <- a + b + c + d
  ad <- a * d / size
  bc <- b * c / size
  p <- (a + d) / size
  q <- (b + c) / size
  ratio <- sum(ad) / sum(bc)
  variance <- sum(p * ad) / (2 * sum(ad)^2) + sum(p * bc + q * ad) / (2 * sum(ad) * sum(bc)) + sum(q * bc) / (2 * sum(bc)^2)
  half <- normal_quantile(level) * sqrt(variance)
  expected <- (a + b) * (a + c) / size
  spread <- sum((a + b) * (c + d) * (a + c) * (b + d) / (size^2 * (size - 1)))
  distance <- abs(sum(a - expected))
  statistic <- (distance - if (distance >= 0.5) 0.5 else 0)^2 / spread
  p_value <- pchisq(statistic, 1, lower.tail = FALSE)
  note <- if (spread == 0) "no stratum has two groups and two outcomes" else if (sum(ad) == 0 || sum(bc) == 0) "a product of cells is zero: no odds ratio" else ""
  defined <- sum(ad) > 0 && sum(bc) > 0
  answer(
    mantel_haenszel_name, n,
    if (defined) ratio else NA, if (defined) ratio * exp(-half) else NA, if (defined) ratio * exp(half) else NA,
    statistic, if (spread > 0) 1 else NA, p_value, note
  )
}

# x1 of n1 in the first group (the reference), x2 of n2 in the second.
two_by_two <- function(d) {
  groups <- ordered_groups(d$group)
  c(x1 = sum(yes(d$value[groups == levels(groups)[1]])), n1 = sum(groups == levels(groups)[1]),
    x2 = sum(yes(d$value[groups == levels(groups)[2]])), n2 = sum(groups == levels(groups)[2]))
}

comparison_names <- c(
  difference = "risk difference, hybrid score interval (Newcombe)",
  ratio = "risk ratio, log interval (Katz)",
  "odds-ratio" = "odds ratio, conditional estimate and exact interval (Fisher)",
  "odds-ratio-woolf" = "odds ratio, log interval (Woolf)"
)

comparison <- function(d, spec) {
  name <- comparison_names[[spec$method]]
  if (length(unique(d$group)) != 2) return(answer(name, nrow(d), note = "needs two groups"))
  cells <- as.list(two_by_two(d))
  result <- with(cells, switch(spec$method,
    difference = risk_difference(x1, n1, x2, n2, spec$level),
    ratio = risk_ratio(x1, n1, x2, n2, spec$level),
    "odds-ratio" = exact_odds_ratio(x1, n1, x2, n2, spec$level),
    woolf_odds_ratio(x1, n1, x2, n2, spec$level)
  ))
  of_each <- with(cells, paste0(" (", c(x1, x2), " of ", c(n1, n2), ")"))
  result$note <- joined(direction(d, if (spec$method == "difference") "minus" else "against", of_each), result$note)
  result
}

# Newcombe, Stat Med 1998;17:873-90, method 10.
risk_difference <- function(x1, n1, x2, n2, level) {
  first <- wilson(x1, n1, level)
  second <- wilson(x2, n2, level)
  p1 <- x1 / n1
  p2 <- x2 / n2
  answer(
    comparison_names[["difference"]], n1 + n2, p2 - p1,
    p2 - p1 - sqrt((p2 - second[1])^2 + (first[2] - p1)^2),
    p2 - p1 + sqrt((second[2] - p2)^2 + (p1 - first[1])^2)
  )
}

# Katz and others, Biometrics 1978;34:469-74.
risk_ratio <- function(x1, n1, x2, n2, level) {
  name <- comparison_names[["ratio"]]
  if (x1 == 0 || x2 == 0) {
    note <- if (x1 == 0) "nobody of the reference has the outcome: no ratio" else "nobody of the second group has the outcome: no interval"
    return(answer(name, n1 + n2, if (x1 == 0) NA else 0, note = note))
  }
  ratio <- (x2 / n2) / (x1 / n1)
  # The variance by logarithm is then zero, which is not certainty.
  if (x1 == n1 && x2 == n2) return(answer(name, n1 + n2, ratio, note = "all have the outcome: no interval"))
  half <- normal_quantile(level) * sqrt(1 / x2 - 1 / n2 + 1 / x1 - 1 / n1)
  answer(name, n1 + n2, ratio, ratio * exp(-half), ratio * exp(half))
}

# The conditional maximum likelihood estimate; an infinite end is left empty. The limits are found to the precision of
# the machine, where fisher.test stops at 1e-4: noncentral hypergeometric, as there.
exact_odds_ratio <- function(x1, n1, x2, n2, level) {
  name <- comparison_names[["odds-ratio"]]
  successes <- x1 + x2
  if (successes == 0 || successes == n1 + n2) return(answer(name, n1 + n2, note = "all have the same outcome"))
  support <- max(0, successes - n1):min(n2, successes)
  log_density <- dhyper(support, n2, n1, successes, log = TRUE)
  density <- function(log_ratio) {
    d <- log_density + log_ratio * support
    d <- exp(d - max(d))
    d / sum(d)
  }
  solve_for <- function(f) {
    uniroot(f, c(-50, 50), tol = 1e-13, maxiter = 10000)$root
  }
  alpha <- (1 - level) / 2
  least <- x2 == min(support)
  most <- x2 == max(support)
  estimate <- if (least) 0 else if (most) Inf else exp(solve_for(function(t) sum(support * density(t)) - x2))
  low <- if (least) 0 else exp(solve_for(function(t) sum(density(t)[support >= x2]) - alpha))
  high <- if (most) Inf else exp(solve_for(function(t) sum(density(t)[support <= x2]) - alpha))
  p <- min(1, fisher.test(matrix(c(x2, n2 - x2, x1, n1 - x1), 2), conf.int = FALSE)$p.value)
  note <- if (most) "infinite: a cell of the table is zero; the upper limit is infinite" else ""
  answer(name, n1 + n2, estimate, low, high, p = p, note = note)
}

# Woolf, Ann Hum Genet 1955;19:251-3.
woolf_odds_ratio <- function(x1, n1, x2, n2, level) {
  name <- comparison_names[["odds-ratio-woolf"]]
  cells <- c(x2, n2 - x2, x1, n1 - x1)
  if (any(cells == 0)) return(answer(name, n1 + n2, note = "a cell of the table is zero: no odds ratio by logarithm; use the exact one"))
  ratio <- cells[1] * cells[4] / (cells[2] * cells[3])
  half <- normal_quantile(level) * sqrt(sum(1 / cells))
  answer(name, n1 + n2, ratio, ratio * exp(-half), ratio * exp(half))
}

# Whether the effect differs between subgroups (the strata of `d`): Cochran's Q with inverse variances (Biometrics
# 1954); of odds ratios, also those that Mantel and Haenszel put together, this is Woolf's test, with 1/2 added to every cell where one is zero.
heterogeneity <- function(d, spec) {
  name <- paste0("test of heterogeneity (Cochran's Q), ", c(difference = "risk differences", ratio = "log risk ratios")[spec$method])
  if (!spec$method %in% c("difference", "ratio")) name <- "test of heterogeneity (Woolf), log odds ratios"
  groups <- unique(d$group)
  if (length(groups) != 2) return(answer(name, nrow(d), note = "needs two groups"))
  rows <- lapply(unique(d$stratum), function(s) {
    here <- d[d$stratum == s, ]
    n <- c(sum(here$group == groups[1]), sum(here$group == groups[2]))
    x <- c(sum(yes(here$value[here$group == groups[1]])), sum(yes(here$value[here$group == groups[2]])))
    if (any(n == 0)) NULL else c(x[2], n[2] - x[2], x[1], n[1] - x[1])
  })
  cells <- do.call(rbind, rows)
  if (is.null(cells) || nrow(cells) < 2) return(answer(name, nrow(d), note = "needs two subgroups with both groups"))
  lacking <- length(rows) - nrow(cells)
  note <- joined(
    if (lacking > 0) paste(lacking, if (lacking == 1) "subgroup" else "subgroups", "without both groups left out") else "",
    if (any(cells == 0)) "1/2 added to every cell, since one is zero" else ""
  )
  if (any(cells == 0)) cells <- cells + 0.5
  n2 <- cells[, 1] + cells[, 2]
  n1 <- cells[, 3] + cells[, 4]
  p2 <- cells[, 1] / n2
  p1 <- cells[, 3] / n1
  effect <- switch(spec$method, difference = p2 - p1, ratio = log(p2 / p1), log(cells[, 1] * cells[, 4] / (cells[, 2] * cells[, 3])))
  variance <- switch(spec$method,
    difference = p2 * (1 - p2) / n2 + p1 * (1 - p1) / n1,
    ratio = 1 / cells[, 1] - 1 / n2 + 1 / cells[, 3] - 1 / n1,
    rowSums(1 / cells)
  )
  weight <- 1 / variance
  q <- sum(weight * (effect - sum(weight * effect) / sum(weight))^2)
  df <- length(effect) - 1
  answer(name, nrow(d), statistic = q, df = df, p = pchisq(q, df, lower.tail = FALSE), note = note)
}

# McNemar (Psychometrika 1947): `value` and `second` are yes or no of the same subject. Exact: binomial of the discordant pairs;
# the odds ratio is that of yes second to yes first.
mcnemar <- function(d, spec) {
  gained <- sum(!yes(d$value) & yes(d$second))
  lost <- sum(yes(d$value) & !yes(d$second))
  exact <- spec$method == "mcnemar"
  name <- if (exact) "McNemar's exact test, conditional odds ratio" else "McNemar's chi-squared test with continuity correction"
  if (gained + lost == 0) return(answer(name, nrow(d), note = "no pair differs"))
  note <- paste0(gained, " gained, ", lost, " lost", if (exact && lost == 0) ": the odds ratio and its upper limit are infinite")
  if (!exact) {
    test <- mcnemar.test(matrix(c(0, gained, lost, 0), 2))
    return(answer(name, nrow(d), statistic = test$statistic, df = 1, p = test$p.value, note = note))
  }
  test <- binom.test(gained, gained + lost, conf.level = spec$level)
  odds <- function(p) p / (1 - p)
  answer(name, nrow(d), odds(test$estimate), odds(test$conf.int[1]), odds(test$conf.int[2]), p = test$p.value, note = note)
}
