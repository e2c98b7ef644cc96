# Writes the series of R's package `datasets` as CSV, one file each: Rscript classic.R (R 4.2.2).
names <- c("AirPassengers", "USAccDeaths", "Nile", "lynx", "LakeHuron", "UKgas", "WWWusage",
           "nottem", "co2", "JohnsonJohnson", "sunspot.year", "austres", "ldeaths", "UKDriverDeaths")
for (name in names) {
  x <- get(name, envir = asNamespace("datasets"), inherits = TRUE)
  if (name == "co2") x <- window(x, start = c(1988, 1))
  f <- frequency(x)
  i <- cycle(x)
  year <- floor(time(x) + 1e-6)
  # WWWusage has no calendar: one value a minute, counted from 1.
  period <- if (name == "WWWusage") seq_along(x)
    else if (f == 12) sprintf("%04d-%02d", year, i)
    else if (f == 4) sprintf("%04d-Q%d", year, i)
    else sprintf("%04d", year)
  value <- vapply(as.numeric(x), function(v) format(v, digits = 15), "")
  writeLines(c("period,value", paste(period, value, sep = ",")), paste0(name, ".csv"))
}
