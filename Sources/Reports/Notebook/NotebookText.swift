/// The text cells of the notebook and the code that reads and names.
enum NotebookText {
  static let opening = """
    # Khả năng đạt các chỉ tiêu

    Sổ này đọc các tệp mà `vedich run` đã ghi và trình bày: chỉ tiêu nào đáng lo, dự báo đi về đâu, các đơn vị \
    phân bố ra sao, đơn vị nào kéo chậm.

    **Đọc một xác suất thế nào.** Xác suất 70 % nghĩa là: trong nhiều trường hợp được nói 70 %, khoảng bảy trên \
    mười trường hợp sẽ đạt. Số câu hỏi trong quá khứ mà xác suất đã được kiểm đứng ngay bên cạnh; chưa kiểm \
    thì cột ấy là 0. Mức D nghĩa là chưa đủ cơ sở để nói một con số.
    """

  static func reading(outputPath: String) -> String {
    """
    from pathlib import Path

    import matplotlib.pyplot as plt
    import pandas as pd
    from IPython.display import Markdown, display

    OUTPUT = "\(outputPath)"  # thư mục kết quả của vedich run

    # Kỳ có thể là tháng (2026-12), quý (2026-Q4) hoặc năm (2026): luôn đọc như chữ.
    PERIODS = ["period", "origin", "baseline_period", "last_period",
               "reach_date_p10", "reach_date_p50", "reach_date_p90"]
    CODES = ["indicator", "unit", "target_id", "model", "note"]


    def read(name):
        types = {column: "string" for column in PERIODS + CODES}
        # Chỉ ô trống là thiếu: một đơn vị có thể mang mã "NA".
        table = pd.read_csv(Path(OUTPUT) / name, dtype=types, keep_default_na=False, na_values=[""])
        if "unit" in table:
            table["unit"] = table["unit"].fillna("")
        return table


    projections = read("projections.csv")
    attainment = read("attainment.csv")
    contributions = read("contributions.csv")
    calibration = read("calibration.csv")

    SYNTHETIC = bool(attainment["synthetic"].any() or projections["synthetic"].any())
    NOTICE = " · dữ liệu tổng hợp (synthetic)" if SYNTHETIC else ""
    display(Markdown(f"{len(projections)} dòng dự báo, {len(attainment)} dòng chỉ tiêu × đơn vị{NOTICE}."))
    """
  }

  static let namesText = """
    Các tệp dùng mã ổn định; sổ này thêm tên của chỉ tiêu và đơn vị.
    """

  static let naming = """
    STATUS = {
        "off_track": "khó đạt",
        "at_risk": "có khả năng",
        "insufficient_data": "chưa đủ dữ liệu",
        "on_track": "nhiều khả năng đạt",
        "attained": "đã đạt",
        "qualitative": "định tính",
    }


    def name(code):
        return NAMES.get(code, code)


    def day(text):
        \"""2026-12-31 thành 31/12/2026, 2026-10 thành 10/2026.\"""
        return "–" if pd.isna(text) else "/".join(reversed(text.split("-")))


    def date(period):
        \"""Ngày cuối của một kỳ.\"""
        if "Q" in period:
            return pd.Period(period.replace("-", ""), "Q").end_time
        return pd.Period(period, "M" if len(period) > 4 else "Y").end_time


    def percent(row):
        \"""Xác suất bằng chữ: 0 % và 100 % chỉ khi số liệu đã quyết định.\"""
        p = row["probability"]
        if pd.isna(p):
            return "–"
        if p in (0, 1):
            return f"{100 * p:.0f} %"
        if row["forecast_grade"] == "D":
            return "chưa đủ cơ sở"
        if p < 0.01:
            return "< 1 %"
        if p > 0.99:
            return "> 99 %"
        shown = int(100 * p + 0.5)
        for limit in (33, 50, 66):  # làm tròn không được vượt qua một ngưỡng
            if 100 * p < limit <= shown:
                shown = limit - 1
        return f"{shown} %"


    def number(value, decimals=2):
        return "–" if pd.isna(value) else f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


    def show(key, table, left=(), wrapped=()):
        \"""Bảng không có cột thứ tự: cột chữ (left) canh trái, các cột khác canh phải; chỉ wrapped được ngắt dòng.\"""
        styles = [{"selector": "th", "props": "text-align: right"}]
        for place, column in enumerate(table.columns):
            align = "left" if column in left else "right"
            breaks = "normal" if column in wrapped else "nowrap"
            styles.append({"selector": f"th.col{place}", "props": f"text-align: {align}"})
            styles.append({"selector": f"td.col{place}", "props": f"text-align: {align}; white-space: {breaks}"})
        display(table.style.hide(axis="index").set_uuid(key).set_table_styles(styles).format(na_rep="–"))
    """

  static let overviewText = """
    ## 1. Các chỉ tiêu theo mức độ

    Chỉ tính các dòng đo theo chính kế hoạch (`target_basis` = `plan`). Chỉ tiêu đáng lo đứng trước.
    """

  static let fanText = """
    ## 2. Một chỉ tiêu: quá khứ và biểu đồ quạt

    Dải đậm là khoảng 50 %, dải nhạt là khoảng 80 % (p10–p90), đường giữa là trung vị; dấu nhân là mức kế hoạch \
    giao tại hạn. Đặt `INDICATOR` bằng mã khác để xem chỉ tiêu khác.
    """

  static let unitsText = """
    ## 3. Phân bố giữa các đơn vị

    Kế hoạch chỉ giao chỉ tiêu cho toàn tỉnh: so từng đơn vị với mức ấy là để *tham chiếu*, không phải để kết luận \
    đơn vị “không đạt”, trừ khi đơn vị được giao mức riêng.
    """

  static let contributionsText = """
    ## 4. Đơn vị nào kéo chậm?

    Phần đóng góp = tỷ trọng × khoảng thiếu; cộng lại đúng bằng khoảng thiếu của tỉnh tính từ các đơn vị. Chỉ nêu \
    tên khi khoảng bất định của thứ hạng ngắn hơn nửa danh sách.
    """

  static let checksText = """
    ## 5. Xác suất đã được kiểm ra sao?

    Dự báo được làm lại từ quá khứ, chỉ dùng số liệu đến lúc ấy, rồi so với điều đã xảy ra. Tỷ lệ đạt và xác suất \
    trung bình càng gần nhau càng tốt; điểm Brier càng nhỏ càng tốt và phải nhỏ hơn điểm của người luôn nói tỷ lệ chung.
    """

  static let closing = """
    ## Đọc tiếp

    `data_quality.csv` cho biết chuỗi nào thiếu, trễ hoặc có giá trị lạ; `alerts.csv` liệt kê các nhiệm vụ quá hạn, chậm \
    hoặc chưa báo cáo; `datapackage.json` mô tả từng cột.
    """
}
