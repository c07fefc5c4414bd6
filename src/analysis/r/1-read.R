# The statistics of the study. Runs in any R with the packages that come with it (base, stats): Rscript analysis.R, in the
# folder that holds this file. Nothing is random: the same input gives the same output.
#
# data/statistics.csv          one row a computation: id, label, kind, method, level, interval, at, unit, family, adjust, left_out
# data/proportions.csv         statistic, subject, counts: one row a subject of a proportion's denominator; counts is 1 or 0
# data/statistic-values.csv    statistic, subject, value, second, group, group_label, stratum:
#                              one row a subject of any other statistic
# data/agreement-fields.csv    instrument, field, label, type, categories, levels: one row a field that two people answered
# data/agreement-pairs.csv     instrument, field, first, second: one row a pair of answers
# left_out is how many are not known; of a proportion they are in it, and counted as no.
# writes statistics-r.csv (proportions), estimates-r.csv, curves-r.csv, agreement.csv

# Functions that run a few times are not worth compiling.
invisible(compiler::enableJIT(0))

read <- function(file, classes) read.csv(file, colClasses = classes, na.strings = character())
text <- "character"
specs <- read("data/statistics.csv", c(text, text, text, text, "numeric", text, text, text, text, text, "integer"))
# Who it is plays no part.
members <- read("data/proportions.csv", c(text, "NULL", "integer"))
measured <- read("data/statistic-values.csv", c(text, "NULL", rep(text, 5)))
fields <- read("data/agreement-fields.csv", c(text, text, text, text, "integer", text))
answers <- read("data/agreement-pairs.csv", rep(text, 4))

# In the order in which they first appear: the order of the groups is the protocol's, the first is the reference.
ordered_groups <- function(x) factor(x, levels = unique(x))
yes <- function(x) x == "true"
finite_or_na <- function(x) if (length(x) == 1 && is.finite(x)) as.numeric(x) else NA_real_
normal_quantile <- function(level) qnorm(1 - (1 - level) / 2)

# The warnings of R's tests are about approximations; which one was used stands in `method`.
quiet <- function(expression) tryCatch(suppressWarnings(expression), error = function(e) NULL)

# One row of estimates-r.csv. What cannot be computed is empty, and `note` says why.
answer <- function(method, n, estimate = NA, low = NA, high = NA, statistic = NA, df = NA, p = NA, note = "",
                   id = "", label = "") {
  list(
    id = id, label = label, method = method,
    estimate = finite_or_na(estimate), low = finite_or_na(low), high = finite_or_na(high),
    statistic = finite_or_na(statistic), df = finite_or_na(df), p = finite_or_na(p), n = n, note = note
  )
}

# What is said of a number, one thing after the other.
joined <- function(...) {
  said <- c(...)
  paste(said[said != ""], collapse = "; ")
}

# Rows that are lists of the same names as one data frame; one a row, bound together, takes longer than what they hold.
bound <- function(rows) {
  columns <- lapply(names(rows[[1]]), function(name) unlist(lapply(rows, `[[`, name), use.names = FALSE))
  list2DF(setNames(columns, names(rows[[1]])))
}
