
# Numbers of two or more groups, or of pairs. `d` has value, group, or value and second.

# Wilcoxon (Biometrics 1945), Mann and Whitney (1947), with the Hodges-Lehmann shift of the second group from the first.
# Exact below 50 in each group without ties, else by the normal approximation with correction for continuity and ties.
rank_sum <- function(d, spec) {
  name <- "Wilcoxon rank-sum test, Hodges-Lehmann shift"
  groups <- ordered_groups(d$group)
  if (nlevels(groups) != 2) return(answer(name, nrow(d), note = "needs two groups"))
  first <- as.numeric(d$value[groups == levels(groups)[1]])
  second <- as.numeric(d$value[groups == levels(groups)[2]])
  if (length(unique(c(first, second))) == 1) return(answer(name, nrow(d), estimate = 0, note = "all values are the same"))
  exact <- length(first) < 50 && length(second) < 50 && !anyDuplicated(c(first, second))
  test <- quiet(wilcox.test(second, first, exact = exact))
  shift <- shift_interval(second, first, exact, spec$level)
  answer(
    paste0(name, if (exact) ", exact" else ", normal approximation"), nrow(d),
    shift[1], shift[2], shift[3], test$statistic, p = test$p.value, note = if (is.na(shift[2])) too_few(spec$level) else ""
  )
}

# Of a handful of values even the widest interval, from the least to the greatest difference, does not hold the level.
too_few <- function(level) paste0("too few values for an interval of ", signif(100 * level, 4), "%")

# Median of all differences, and the ordered differences that the exact or the normal distribution of W points at.
# Hollander and Wolfe, Nonparametric Statistical Methods, 4.2-4.3.
shift_interval <- function(x, y, exact, level) {
  differences <- sort(as.vector(outer(x, y, "-")))
  m <- length(x)
  n <- length(y)
  alpha <- 1 - level
  if (exact) {
    q <- qwilcox(alpha / 2, m, n)
    if (q == 0) return(c(median(differences), NA, NA))
  } else {
    ties <- table(c(x, y))
    variance <- m * n / 12 * ((m + n + 1) - sum(ties^3 - ties) / ((m + n) * (m + n - 1)))
    q <- floor(m * n / 2 - normal_quantile(level) * sqrt(variance))
    if (q < 1) return(c(median(differences), NA, NA))
  }
  c(median(differences), differences[q], differences[m * n + 1 - q])
}

# Wilcoxon signed rank test of second - first, with the Hodges-Lehmann pseudomedian of the differences.
signed_rank <- function(d, spec) {
  name <- "Wilcoxon signed-rank test, pseudomedian of the differences"
  all_differences <- as.numeric(d$second) - as.numeric(d$value)
  differences <- all_differences[all_differences != 0]
  n <- length(differences)
  if (n == 0) return(answer(name, nrow(d), note = "no pair differs"))
  zeros <- nrow(d) - n
  exact <- n < 50 && !anyDuplicated(abs(differences)) && zeros == 0
  test <- quiet(wilcox.test(all_differences, exact = exact))
  walsh <- outer(differences, differences, "+") / 2
  walsh <- sort(walsh[!lower.tri(walsh)])
  alpha <- 1 - spec$level
  if (exact) {
    q <- qsignrank(alpha / 2, n)
  } else {
    ties <- table(abs(differences))
    variance <- n * (n + 1) * (2 * n + 1) / 24 - sum(ties^3 - ties) / 48
    q <- floor(n * (n + 1) / 4 - normal_quantile(spec$level) * sqrt(variance))
  }
  limits <- if (q < 1) c(NA, NA) else c(walsh[q], walsh[length(walsh) + 1 - q])
  equal <- if (zeros > 0) paste(zeros, if (zeros == 1) "pair does not differ" else "pairs do not differ")
  answer(
    paste0(name, if (exact) ", exact" else ", normal approximation"), nrow(d),
    median(walsh), limits[1], limits[2], test$statistic, p = test$p.value,
    note = paste(c(equal, if (q < 1) too_few(spec$level)), collapse = "; ")
  )
}

# Kruskal and Wallis, J Am Stat Assoc 1952.
kruskal <- function(d, spec) {
  name <- "Kruskal-Wallis test"
  value <- as.numeric(d$value)
  groups <- ordered_groups(d$group)
  if (nlevels(groups) < 2) return(answer(name, nrow(d), note = "needs two groups"))
  if (length(unique(value)) == 1) return(answer(name, nrow(d), note = "all values are the same"))
  test <- kruskal.test(value, groups)
  answer(name, nrow(d), statistic = test$statistic, df = test$parameter, p = test$p.value)
}

# Welch, Biometrika 1947: the difference of means, second group minus first, without equal variances.
welch <- function(d, spec) {
  name <- "difference of means, Welch's t-test"
  groups <- ordered_groups(d$group)
  if (nlevels(groups) != 2) return(answer(name, nrow(d), note = "needs two groups"))
  first <- as.numeric(d$value[groups == levels(groups)[1]])
  second <- as.numeric(d$value[groups == levels(groups)[2]])
  difference <- mean(second) - mean(first)
  test <- quiet(t.test(second, first, conf.level = spec$level))
  if (is.null(test) || !is.finite(test$p.value)) return(answer(name, nrow(d), difference, note = "too few or equal values for an interval"))
  answer(name, nrow(d), difference, test$conf.int[1], test$conf.int[2], test$statistic, test$parameter, test$p.value)
}
