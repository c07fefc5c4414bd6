TITLE
# Runs in any R with the packages that come with it: Rscript SCRIPT, in the folder that holds this file.
#
# INPUT   id, x, n, level   x of n
# writes OUTPUT

counts <- read.csv("INPUT", colClasses = c("character", "integer", "integer", "numeric"))

share <- function(id, x, n, level) {
  interval <- if (n > 0) binom.test(x, n, conf.level = level)$conf.int else c(NA, NA)
  data.frame(
    id = id, x = x, n = n,
    estimate = if (n > 0) x / n else NA,
    low = interval[1], high = interval[2], level = level
  )
}

header <- data.frame(
  id = character(), x = integer(), n = integer(), estimate = numeric(), low = numeric(), high = numeric(), level = numeric()
)
rows <- Map(share, counts$id, counts$x, counts$n, counts$level)
result <- do.call(rbind, c(list(header), unname(rows)))
write.csv(result, "OUTPUT", row.names = FALSE, na = "")
