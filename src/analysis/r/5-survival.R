
# Time to an event. `d` has value (time), second (whether the event came, else followed up so long), group.

# Kaplan and Meier (J Am Stat Assoc 1958), variance after Greenwood (1926). Limits on the log(-log), log or plain scale
# (Kalbfleisch and Prentice 1980): none where nobody survives, nor on the log(-log) scale while everybody does.
kaplan_meier <- function(time, event, level, interval) {
  times <- sort(unique(time))
  step <- match(time, times)
  events <- as.numeric(tabulate(step[event], length(times)))
  censored <- as.numeric(tabulate(step[!event], length(times)))
  at_risk <- rev(cumsum(rev(events + censored)))
  survival <- cumprod(1 - events / at_risk)
  greenwood <- cumsum(ifelse(events == 0, 0, events / (at_risk * (at_risk - events))))
  z <- normal_quantile(level)
  limits <- limits_of(survival, greenwood, z, interval)
  list2DF(c(list(time = times, at_risk = at_risk, events = events, censored = censored, survival = survival), limits))
}

limits_of <- function(survival, greenwood, z, interval) {
  defined <- survival > 0 & survival < 1
  s <- survival[defined]
  error <- sqrt(greenwood[defined])
  low <- high <- rep(NA_real_, length(survival))
  if (interval != "log-log") low[survival == 1] <- high[survival == 1] <- 1
  if (interval == "plain") {
    low[defined] <- pmax(0, s - z * s * error)
    high[defined] <- pmin(1, s + z * s * error)
  } else if (interval == "log") {
    low[defined] <- s * exp(-z * error)
    high[defined] <- pmin(1, s * exp(z * error))
  } else {
    width <- z * error / log(s)
    low[defined] <- s^exp(-width)
    high[defined] <- s^exp(width)
  }
  list(low = low, high = high)
}

# The first time at which a curve is at or below one half; where it stays at one half, the middle of that step. The
# limits of the median are the times at which the limits of the curve do (Brookmeyer and Crowley, Biometrics 1982).
half_time <- function(time, curve) {
  tolerance <- 1e-8
  reached <- which(!is.na(curve) & curve <= 0.5 + tolerance)
  if (length(reached) == 0) return(NA_real_)
  first <- reached[1]
  below <- reached[curve[reached] < curve[first] - tolerance]
  if (abs(curve[first] - 0.5) <= tolerance && length(below) > 0) (time[first] + time[below[1]]) / 2 else time[first]
}

curve_rows <- function(d, spec) {
  groups <- ordered_groups(d$group)
  lapply(levels(groups), function(g) {
    here <- d[groups == g, ]
    steps <- kaplan_meier(as.numeric(here$value), yes(here$second), spec$level, spec$interval)
    of_all <- list(
      id = spec$id, label = spec$label, group = g, group_label = here$group_label[1], n = nrow(here), events_in_all = sum(steps$events),
      median = half_time(steps$time, steps$survival), median_low = half_time(steps$time, steps$low),
      median_high = half_time(steps$time, steps$high)
    )
    c(lapply(of_all, rep, nrow(steps)), steps)
  })
}

# Mantel, Cancer Chemother Rep 1966: observed against expected events over all times of events.
log_rank <- function(d, spec) {
  name <- "log-rank test"
  groups <- ordered_groups(d$group)
  k <- nlevels(groups)
  if (k < 2) return(answer(name, nrow(d), note = "needs two groups"))
  time <- as.numeric(d$value)
  event <- yes(d$second)
  if (!any(event)) return(answer(name, nrow(d), note = "no events"))
  times <- sort(unique(time[event]))
  # A row a time, a column a group.
  of_groups <- function(count) matrix(vapply(levels(groups), count, numeric(length(times))), length(times))
  at_risk <- of_groups(function(g) sum(groups == g) - findInterval(times, sort(time[groups == g]), left.open = TRUE))
  died <- of_groups(function(g) as.numeric(tabulate(match(time[event & groups == g], times), length(times))))
  n <- rowSums(at_risk)
  dead <- rowSums(died)
  share <- at_risk / n
  distance <- colSums(died - dead * share)
  factor <- ifelse(n > 1, dead * (n - dead) / (n - 1), 0)
  spread <- diag(colSums(factor * share), k) - crossprod(share, factor * share)
  # Groups that nobody could leave tell nothing.
  free <- which(diag(spread) > 1e-12)
  if (length(free) < 2) return(answer(name, nrow(d), note = "no time at which two groups were at risk"))
  use <- free[-length(free)]
  statistic <- quiet(sum(distance[use] * solve(spread[use, use, drop = FALSE], distance[use])))
  if (is.null(statistic)) return(answer(name, nrow(d), note = "the groups cannot be told apart"))
  df <- length(use)
  answer(name, nrow(d), statistic = statistic, df = df, p = pchisq(statistic, df, lower.tail = FALSE))
}

# The share free of the event at the times asked for. Beyond the last subject there is none.
survival_at <- function(d, spec) {
  wanted <- if (spec$at == "") character() else strsplit(spec$at, " ")[[1]]
  groups <- ordered_groups(d$group)
  steps_of <- function(here) kaplan_meier(as.numeric(here$value), yes(here$second), spec$level, spec$interval)
  of_group <- function(g, here, steps) lapply(wanted, function(at) {
    name <- paste0("Kaplan-Meier, ", spec$interval, " interval")
    label <- paste0(spec$label, if (g == "") "" else paste0(", ", here$group_label[1]), ", at ", at, " ", spec$unit)
    id <- paste0(spec$id, if (g == "") "" else paste0("/", g), "/at-", at)
    beyond <- as.numeric(at) > max(steps$time) && steps$survival[nrow(steps)] > 0
    if (beyond) return(answer(name, nrow(here), note = "nobody was followed so long", id = id, label = label))
    before <- which(steps$time <= as.numeric(at))
    last <- if (length(before) == 0) c(survival = 1, limits_of(1, 0, 0, spec$interval)) else steps[max(before), ]
    note <- if (last$survival == 0) "nobody is left free of the event: no limits" else ""
    if (last$survival == 1 && is.na(last$low)) note <- "nobody had the event by then: no limits"
    answer(name, nrow(here), last$survival, last$low, last$high, note = note, id = id, label = label)
  })
  rows <- lapply(levels(groups), function(g) {
    here <- d[groups == g, ]
    of_group(g, here, steps_of(here))
  })
  unlist(rows, recursive = FALSE)
}
