# Forecasts of R forecast: Rscript peers.R TRAIN MODEL OUT (ets, auto.arima, thetaf); season 12, without one where that fails.
suppressMessages(library(forecast))
a <- commandArgs(TRUE)
table <- read.csv(a[1])
ids <- unique(table$unique_id)
series <- split(table$y, factor(table$unique_id, levels = ids))
start <- proc.time()
rows <- lapply(ids, function(u) {
  f <- NULL
  for (m in c(12, 1)) {
    x <- ts(series[[u]], frequency = m)
    f <- tryCatch(
      if (a[2] == "thetaf") thetaf(x, h = 18, level = c(80, 95))
      else forecast(get(a[2])(x), h = 18, level = c(80, 95)), error = function(e) NULL)
    if (!is.null(f) && all(is.finite(f$lower))) break
  }
  if (is.null(f)) f <- naive(x, h = 18, level = c(80, 95))
  data.frame(unique_id = u, step = 1:18, mean = as.numeric(f$mean), lo80 = as.numeric(f$lower[, 1]),
    hi80 = as.numeric(f$upper[, 1]), lo95 = as.numeric(f$lower[, 2]), hi95 = as.numeric(f$upper[, 2]))
})
seconds <- (proc.time() - start)[1]
write.csv(do.call(rbind, rows), a[3], row.names = FALSE, quote = FALSE)
cat(sprintf("R forecast %s %s,%d,%.2f\n", packageVersion("forecast"), a[2], length(ids), seconds))
