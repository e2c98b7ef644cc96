// The files of DemoProvince follow.
