
# Agreement of two abstractors before adjudication, a field at a time.

# Cohen (1960; weighted 1968); standard error after Fleiss, Cohen and Everitt, Psychol Bull 1969.
kappa_of <- function(p, n, weights, z) {
  rows <- rowSums(p)
  columns <- colSums(p)
  observed <- sum(weights * p)
  expected <- sum(weights * outer(rows, columns))
  if (expected >= 1 - 1e-12) return(c(NA, NA, NA))
  kappa <- (observed - expected) / (1 - expected)
  row_mean <- as.vector(weights %*% columns)
  column_mean <- as.vector(t(weights) %*% rows)
  inner <- weights * (1 - expected) - outer(row_mean, column_mean, "+") * (1 - observed)
  variance <- (sum(p * inner^2) - (observed * expected - 2 * expected + observed)^2) / (n * (1 - expected)^4)
  # Without a disagreement the variance is zero, which is not certainty.
  if (observed >= 1 - 1e-12) return(c(kappa, NA, NA))
  half <- z * sqrt(max(0, variance))
  c(kappa, max(-1, kappa - half), min(1, kappa + half))
}

# Gwet, Br J Math Stat Psychol 2008;61:29-48; `q` is the number of categories that there are to choose from.
ac1_of <- function(p, n, q, level) {
  if (q < 2 || n < 2) return(c(NA, NA, NA))
  share <- (rowSums(p) + colSums(p)) / 2
  observed <- sum(diag(p))
  expected <- sum(share * (1 - share)) / (q - 1)
  ac1 <- (observed - expected) / (1 - expected)
  first <- sum(diag(p) * (1 - share)) / (q - 1) - observed * expected
  second <- sum(p * (1 - outer(share, share, "+") / 2)^2) / (q - 1)^2 - expected^2
  variance <- (observed * (1 - observed) - 4 * (1 - ac1) * first + 4 * (1 - ac1)^2 * second) / (n * (1 - expected)^2)
  if (observed >= 1 - 1e-12) return(c(ac1, NA, NA))
  half <- qt(1 - (1 - level) / 2, n - 1) * sqrt(max(0, variance))
  c(ac1, max(-1, ac1 - half), min(1, ac1 + half))
}

# ICC(2,1): two-way random effects, absolute agreement, one rater. Shrout and Fleiss, Psychol Bull 1979; McGraw and Wong 1996.
icc_of <- function(first, second, level) {
  n <- length(first)
  if (n < 2) return(c(NA, NA, NA))
  x <- cbind(first, second)
  k <- 2
  between <- k * sum((rowMeans(x) - mean(x))^2) / (n - 1)
  raters <- n * sum((colMeans(x) - mean(x))^2)
  error <- sum((x - outer(rowMeans(x), colMeans(x), "+") + mean(x))^2) / (n - 1)
  below <- between + (k - 1) * error + k * (raters - error) / n
  # Beside the size of the numbers, what is left is rounding.
  tiny <- 1e-20 * max(1, sum(x^2))
  if (below <= tiny || between <= tiny) return(c(NA, NA, NA))
  icc <- (between - error) / below
  if (error <= tiny) return(c(icc, NA, NA))
  f <- raters / error
  v <- (k - 1) * (n - 1) * (k * icc * f + n * (1 + (k - 1) * icc) - k * icc)^2 /
    ((n - 1) * k^2 * icc^2 * f^2 + (n * (1 + (k - 1) * icc) - k * icc)^2)
  alpha <- 1 - level
  lower <- qf(1 - alpha / 2, n - 1, v)
  upper <- qf(1 - alpha / 2, v, n - 1)
  rest <- k * raters + (k * n - k - n) * error
  c(icc, n * (between - lower * error) / (lower * rest + n * between), n * (upper * between - error) / (rest + n * upper * between))
}

empty <- c(NA_real_, NA_real_, NA_real_)
pairs_of <- function(which) paste(sum(which), if (sum(which) == 1) "pair" else "pairs")
LEVEL <- 0.95

field_agreement <- function(instrument, field, label, type, categories, levels) {
  pairs <- answers[answers$instrument == instrument & answers$field == field, ]
  n <- nrow(pairs)
  agreed <- mean(pairs$first == pairs$second)
  kappa <- weighted <- ac1 <- icc <- empty
  prevalence <- bias <- pabak <- NA
  notes <- character()
  z <- normal_quantile(LEVEL)
  if (type %in% c("nominal", "ordered")) {
    used <- sort(unique(c(pairs$first, pairs$second)), method = "radix")
    p <- table(factor(pairs$first, used), factor(pairs$second, used)) / n
    p <- matrix(p, length(used))
    # Of two answers on offer, one may never have been given: it is a category with no pairs.
    q <- max(length(used), categories)
    kappa <- kappa_of(p, n, diag(length(used)), z)
    ac1 <- ac1_of(p, n, q, LEVEL)
    if (agreed == 1 && !is.na(ac1[1])) notes <- c(notes, "all pairs agree: no interval")
    if (is.na(kappa[1])) notes <- c(notes, "all gave the same answer: no kappa")
    if (q == 2) {
      full <- matrix(0, 2, 2)
      full[seq_along(used), seq_along(used)] <- p
      prevalence <- abs(full[1, 1] - full[2, 2])
      bias <- abs(full[1, 2] - full[2, 1])
      pabak <- 2 * agreed - 1
    }
    paradox <- agreed >= 0.8 && !is.na(kappa[1]) && kappa[1] < 0.6
    if (paradox) notes <- c(notes, "prevalence: kappa is low although agreement is high, as answers are unequally frequent; read it with AC1")
  }
  if (type == "ordered") {
    scale <- strsplit(levels, "|", fixed = TRUE)[[1]]
    both <- pairs$first %in% scale & pairs$second %in% scale
    size <- length(scale)
    if (any(both) && size > 1) {
      p <- table(factor(pairs$first[both], scale), factor(pairs$second[both], scale)) / sum(both)
      weights <- 1 - outer(1:size, 1:size, "-")^2 / (size - 1)^2
      weighted <- kappa_of(matrix(p, size), sum(both), weights, z)
    }
    if (sum(both) < n) notes <- c(notes, paste("weighted kappa of", pairs_of(both), "in which both gave a value"))
  }
  if (type == "number") {
    first <- suppressWarnings(as.numeric(pairs$first))
    second <- suppressWarnings(as.numeric(pairs$second))
    both <- is.finite(first) & is.finite(second)
    icc <- icc_of(first[both], second[both], LEVEL)
    if (sum(both) < n) notes <- c(notes, paste("ICC of", pairs_of(both), "in which both gave a number"))
    if (is.na(icc[1])) notes <- c(notes, "too few or equal numbers: no ICC")
    else if (is.na(icc[2])) notes <- c(notes, "all numbers agree: no interval")
  }
  list(
    instrument = instrument, field = field, label = label, pairs = n, differing = sum(pairs$first != pairs$second), agreement = agreed,
    kappa = kappa[1], kappa_low = kappa[2], kappa_high = kappa[3],
    weighted_kappa = weighted[1], weighted_low = weighted[2], weighted_high = weighted[3],
    ac1 = ac1[1], ac1_low = ac1[2], ac1_high = ac1[3], icc = icc[1], icc_low = icc[2], icc_high = icc[3],
    prevalence_index = prevalence, bias_index = bias, pabak = pabak, note = paste(notes, collapse = "; ")
  )
}
