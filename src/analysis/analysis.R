# The proportions of the study with their exact confidence intervals (Clopper and Pearson, Biometrika 1934).
# Runs in any R with the packages that come with it: Rscript analysis.R, in the folder that holds this file.
#
# data/statistics.csv   id, label, level         one row a proportion
# data/proportions.csv  statistic, subject, counts   one row a subject of its denominator; counts is 1 or 0
# writes statistics-r.csv

read <- function(file, classes) read.csv(file, colClasses = classes, na.strings = character())
specs <- read("data/statistics.csv", c("character", "character", "numeric"))
members <- read("data/proportions.csv", c("character", "character", "integer"))

proportion <- function(id, label, level) {
  counts <- members$counts[members$statistic == id]
  x <- sum(counts)
  n <- length(counts)
  interval <- if (n > 0) binom.test(x, n, conf.level = level)$conf.int else c(NA, NA)
  data.frame(
    id = id, label = label, x = x, n = n,
    estimate = if (n > 0) x / n else NA,
    low = interval[1], high = interval[2],
    level = level, method = "exact (Clopper-Pearson)"
  )
}

header <- data.frame(
  id = character(), label = character(), x = integer(), n = integer(), estimate = numeric(),
  low = numeric(), high = numeric(), level = numeric(), method = character()
)
rows <- Map(proportion, specs$id, specs$label, specs$level)
result <- do.call(rbind, c(list(header), unname(rows)))
write.csv(result, "statistics-r.csv", row.names = FALSE, na = "")
