# Writes classic_ets.csv: exponential smoothing of the series in ../classic with R 4.2.2, forecast 8.20: Rscript classic_ets.R
#
# Each form is estimated by maximum likelihood in the usual region. Rows: the estimated gains and start states as given to
# the other program, then what follows from them: log-likelihood, AICc, fitted values, forecast means and, for class 1,
# forecast variances for an error variance of 1 (class 3 has another definition of its mean and none here).
suppressPackageStartupMessages(library(forecast))
read <- function(name) {
  table <- read.csv(file.path("..", "classic", paste0(name, ".csv")), colClasses = c("character", "numeric"))
  first <- table$period[1]
  frequency <- if (grepl("Q", first)) 4 else if (grepl("-", first)) 12 else 1
  ts(table$value, frequency = frequency)
}
plain <- c("ANN", "AAN", "AAdN", "MNN", "MAN", "MAdN")
seasonal <- c("ANA", "AAA", "AAdA", "MNA", "MAA", "MAdA", "MNM", "MAM", "MAdM")
some <- c("AAdN", "MNN", "ANA", "AAdA", "MAA", "MNM", "MAdM")
names <- c("AirPassengers", "USAccDeaths", "Nile", "lynx", "LakeHuron", "UKgas", "WWWusage",
           "nottem", "co2", "JohnsonJohnson", "sunspot.year", "austres", "ldeaths", "UKDriverDeaths")
rows <- list()
add <- function(...) rows[[length(rows) + 1]] <<- data.frame(...)
for (name in names) {
  y <- read(name)
  n <- length(y)
  m <- frequency(y)
  forms <- if (m == 1) plain else if (name == "AirPassengers") c(plain, seasonal) else some
  for (form in forms) {
    if (min(y) <= 0 && grepl("M", form)) next
    damped <- grepl("d", form)
    fit <- ets(y, model = gsub("d", "", form), damped = damped, opt.crit = "lik", bounds = "usual")
    # What the parameters stand for to the last digit: one pass at the estimates, not what the search kept of its own.
    row <- function(quantity, step, value) {
      add(series = name, form = form, quantity = quantity, step = step,
          value = vapply(value, function(v) format(v, digits = 17), ""))
    }
    for (gain in c("alpha", "beta", "gamma", "phi"))
      if (gain %in% names(fit$par)) row(gain, 0, unname(fit$par[gain]))
    start <- fit$states[1, ]
    row("level", 0, unname(start["l"]))
    if ("b" %in% names(start)) row("slope", 0, unname(start["b"]))
    # The state of the first observation comes last in R's order.
    if (m > 1 && !grepl("N$", form)) row("season", seq_len(m), rev(unname(start[grep("^s", names(start))])))
    row("loglik", 0, fit$loglik)
    row("aicc", 0, fit$aicc)
    row("least", 0, min(fitted(fit)))
    at <- c(1, 2, n %/% 2, n)
    row("fitted", at, as.numeric(fitted(fit))[at])
    h <- c(1, 2, 6, 13)
    future <- forecast(fit, h = 13, level = 95)
    if (!grepl("M$", form)) row("mean", h, as.numeric(future$mean)[h])
    if (grepl("^A", form)) {
      deviation <- as.numeric(future$upper - future$mean) / qnorm(0.975)
      row("variance", h, (deviation^2 / fit$sigma2)[h])
    }
  }
}
write.csv(do.call(rbind, rows), "classic_ets.csv", row.names = FALSE, quote = FALSE)
