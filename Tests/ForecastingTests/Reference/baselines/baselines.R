# Makes baselines.csv: mean, naive, seasonal naive and drift of R's forecast 8.20 on the series of ../classic.
# Rscript baselines.R | sed "s/,$//" > baselines.csv (in this folder). The deviation is that of the 80 % interval.
suppressMessages(library(forecast))
seasons <- c(AirPassengers = 12, USAccDeaths = 12, UKDriverDeaths = 12, nottem = 12, co2 = 12,
             ldeaths = 12, UKgas = 4, JohnsonJohnson = 4, austres = 4)
cat("series,season,method,step,mean,deviation\n")
for (file in sort(list.files("../classic", "csv$", full.names = TRUE))) {
  name <- sub("[.]csv$", "", basename(file))
  season <- if (name %in% names(seasons)) seasons[[name]] else 1
  y <- ts(read.csv(file)$value, frequency = season)
  found <- list(naive = naive(y, h = 18), seasonal_naive = snaive(y, h = 18),
                drift = rwf(y, h = 18, drift = TRUE), mean = meanf(y, h = 18))
  for (method in names(found)) {
    f <- found[[method]]
    score <- if (method == "mean") qt(0.9, length(y) - 1) else qnorm(0.9)
    for (step in c(1, 2, 7, 18))
      cat(name, season, method, step, format(f$mean[step], digits = 15),
          format((f$upper[step, 1] - f$mean[step]) / score, digits = 12), sep = ",", fill = FALSE,
          "\n")
  }
}
