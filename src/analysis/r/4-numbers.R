
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
  against <- direction(d, "minus", paste0(" (n = ", c(length(first), length(second)), ")"))
  exact <- length(first) < 50 && length(second) < 50 && !anyDuplicated(c(first, second))
  test <- quiet(wilcox.test(second, first, exact = exact))
  shift <- shift_interval(second, first, exact, spec$level)
  answer(
    paste0(name, how_computed(exact)), nrow(d),
    shift[1], shift[2], shift[3], test$statistic,
    p = test$p.value, note = joined(against, if (is.na(shift[2])) too_few(spec$level))
  )
}

how_computed <- function(exact) if (exact) ", exact" else ", normal approximation corrected for ties and continuity"

# Of a handful of values even the widest interval, from the least to the greatest difference, does not hold the level.
too_few <- function(level) paste0("too few values for an interval of ", signif(100 * level, 4), "%")

# Median of all differences, and the ordered differences that the exact or the normal distribution of W points at.
# Hollander and Wolfe, Nonparametric Statistical Methods, 4.2-4.3; with the test's correction for continuity, so that the
# interval and P agree.
shift_interval <- function(x, y, exact, level) {
  m <- length(x)
  n <- length(y)
  alpha <- 1 - level
  if (exact) {
    q <- qwilcox(alpha / 2, m, n)
  } else {
    # Those within a group, which a shift does not part, as it does those between the two.
    ties <- as.numeric(c(table(x), table(y)))
    # As numbers, since the product of whole ones overflows.
    variance <- as.numeric(m) * n / 12 * ((m + n + 1) - sum(ties^3 - ties) / (as.numeric(m + n) * (m + n - 1)))
    q <- floor(as.numeric(m) * n / 2 - normal_quantile(level) * sqrt(variance) + 0.5)
  }
  middle_and_limits(x, -y, as.numeric(m) * n, q)
}

# The median of `count` sums and the q-th from either end; no limits where even the outermost would not do (q below 1).
middle_and_limits <- function(x, y, count, q, once = FALSE) {
  limits <- if (q < 1) c(NA, NA) else c(ranked_sums(x, y, q, once), ranked_sums(x, y, count + 1 - q, once))
  c(mean(ranked_sums(x, y, unique(c(floor((count + 1) / 2), floor(count / 2) + 1)), once)), limits)
}

# The sums x[i] + y[j] at some neighbouring ranks among all of them; `once`: y is x, and a pair counts once, also one with
# itself. Ten thousand subjects have millions of sums, which are not made: halving the range leaves few between two bounds.
ranked_sums <- function(x, y, ranks, once = FALSE) {
  u <- sort(unique(x))
  v <- sort(unique(y))
  weight_u <- as.numeric(tabulate(match(x, u), length(u)))
  weight_v <- as.numeric(tabulate(match(y, v), length(v)))
  up_to <- c(0, cumsum(weight_v))
  few <- 1e5
  # How many v there are with u + v at most t, for each u. The sum is rounded, so that the neighbours are looked at.
  places <- function(t) {
    at <- findInterval(t - u, v)
    repeat {
      up <- at < length(v) & u + v[pmin(at + 1, length(v))] <= t
      down <- at > 0 & u + v[pmax(at, 1)] > t
      if (!any(up | down)) return(at)
      at <- at + up - down
    }
  }
  counted <- function(at, t) {
    all <- sum(weight_u * up_to[at + 1])
    if (once) (all + sum(weight_u[u + u <= t])) / 2 else all
  }
  above <- rep(0, length(u))
  below <- 0
  low <- u[1] + v[1]
  high <- u[length(u)] + v[length(v)]
  to <- rep(length(v), length(u))
  least <- places(low)
  if (counted(least, low) >= max(ranks)) return(rep(low, length(ranks)))
  if (counted(least, low) < min(ranks)) {
    above <- least
    below <- counted(least, low)
  }
  while (sum(as.numeric(to - above)) > few) {
    middle <- low + (high - low) / 2
    if (middle <= low || middle >= high) break
    at <- places(middle)
    so_far <- counted(at, middle)
    if (so_far >= max(ranks)) {
      high <- middle
      to <- at
    } else if (so_far < min(ranks)) {
      low <- middle
      above <- at
      below <- so_far
    } else {
      # Between the two middle ones: the range cannot be halved for both.
      return(vapply(ranks, function(rank) ranked_sums(x, y, rank, once), 0))
    }
  }
  i <- rep(seq_along(u), to - above)
  j <- sequence(to - above, above + 1)
  weight <- weight_u[i] * weight_v[j]
  if (once) weight <- (weight + ifelse(i == j, weight_u[i], 0)) / 2
  sums <- u[i] + v[j]
  rising <- order(sums)
  reached <- below + cumsum(weight[rising])
  sums[rising[vapply(ranks, function(rank) which(reached >= rank)[1], 0L)]]
}

# Wilcoxon signed rank test of second - first, with the Hodges-Lehmann pseudomedian of the differences.
signed_rank <- function(d, spec) {
  name <- "Wilcoxon signed-rank test, pseudomedian of the differences (second minus first)"
  all_differences <- as.numeric(d$second) - as.numeric(d$value)
  differences <- all_differences[all_differences != 0]
  n <- length(differences)
  if (n == 0) return(answer(name, nrow(d), note = "no pair differs"))
  zeros <- nrow(d) - n
  exact <- n < 50 && !anyDuplicated(abs(differences)) && zeros == 0
  test <- quiet(wilcox.test(all_differences, exact = exact))
  alpha <- 1 - spec$level
  if (exact) {
    q <- qsignrank(alpha / 2, n)
  } else {
    ties <- as.numeric(table(differences))
    variance <- as.numeric(n) * (n + 1) * (2 * n + 1) / 24 - sum(ties^3 - ties) / 48
    q <- floor(as.numeric(n) * (n + 1) / 4 - normal_quantile(spec$level) * sqrt(variance) + 0.5)
  }
  walsh <- middle_and_limits(differences, differences, as.numeric(n) * (n + 1) / 2, q, once = TRUE) / 2
  equal <- if (zeros > 0) paste(zeros, if (zeros == 1) "pair does not differ" else "pairs do not differ")
  answer(
    paste0(name, how_computed(exact)), nrow(d),
    walsh[1], walsh[2], walsh[3], test$statistic, p = test$p.value,
    note = joined(equal, if (q < 1) too_few(spec$level))
  )
}

# Kruskal and Wallis, J Am Stat Assoc 1952.
kruskal <- function(d, spec) {
  name <- "Kruskal-Wallis test, chi-squared approximation corrected for ties"
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
  against <- direction(d, "minus", paste0(" (n = ", c(length(first), length(second)), ")"))
  test <- quiet(t.test(second, first, conf.level = spec$level))
  if (is.null(test) || !is.finite(test$p.value)) {
    return(answer(name, nrow(d), difference, note = joined(against, "too few or equal values for an interval")))
  }
  answer(name, nrow(d), difference, test$conf.int[1], test$conf.int[2], test$statistic, test$parameter, test$p.value, against)
}
