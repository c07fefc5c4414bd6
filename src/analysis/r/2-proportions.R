
# Proportions: exact interval (Clopper and Pearson, Biometrika 1934) or score interval (Wilson, J Am Stat Assoc 1927).
wilson <- function(x, n, level) {
  z <- normal_quantile(level)
  p <- x / n
  middle <- (p + z^2 / (2 * n)) / (1 + z^2 / n)
  half <- z / (1 + z^2 / n) * sqrt(p * (1 - p) / n + z^2 / (4 * n^2))
  # At the ends the limit is 0 or 1, which rounding may miss.
  c(if (x == 0) 0 else middle - half, if (x == n) 1 else middle + half)
}

proportion <- function(id, label, level, method, left_out) {
  counts <- members$counts[members$statistic == id]
  x <- sum(counts)
  n <- length(counts)
  interval <- if (n == 0) c(NA, NA) else if (method == "wilson") wilson(x, n, level) else binom.test(x, n, conf.level = level)$conf.int
  list(
    id = id, label = label, x = x, n = n,
    estimate = if (n > 0) x / n else NA,
    low = interval[1], high = interval[2], level = level,
    method = if (method == "wilson") "score (Wilson)" else "exact (Clopper-Pearson)",
    note = if (left_out > 0) paste(left_out, "not known, counted as no") else ""
  )
}
