# Orders and AICc of auto.arima, R 4.2.2 and forecast 8.20: Rscript auto.R writes auto.csv.
library(forecast)
rows <- list()
for (name in c("Nile", "LakeHuron", "WWWusage", "lynx", "JohnsonJohnson", "austres", "UKgas", "USAccDeaths")) {
  period <- c(Nile = 1, LakeHuron = 1, WWWusage = 1, lynx = 1, UKgas = 4, JohnsonJohnson = 4, austres = 4)
  s <- if (name %in% names(period)) period[[name]] else 12
  takes <- name %in% c("UKgas", "JohnsonJohnson", "lynx")
  x <- ts(read.csv(file.path("..", "classic", paste0(name, ".csv")))$value, frequency = s)
  if (takes) x <- log(x)
  fit <- auto.arima(x, approximation = FALSE)
  a <- fit$arma
  rows[[name]] <- data.frame(series = name, log = takes, season = s, p = a[1], d = a[6], q = a[2], P = a[3],
    D = a[7], Q = a[4], constant = length(fit$coef) > sum(a[1:4]), aicc = round(fit$aicc, 6))
  write.csv(do.call(rbind, rows), "auto.csv", row.names = FALSE, quote = FALSE)
}
