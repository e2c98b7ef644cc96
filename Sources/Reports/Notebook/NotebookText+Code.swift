/// The code cells that show something.
extension NotebookText {
  static let tally = """
    plan = attainment[(attainment["target_basis"] == "plan") & (attainment["comparator"] != "heading")].copy()
    plan["year"] = plan["deadline"].str[:4]
    plan["order"] = plan["status"].map(list(STATUS).index)

    tally = pd.crosstab(plan["status"].map(STATUS), plan["year"])
    tally = tally.reindex([word for word in STATUS.values() if word in tally.index])
    tally.columns = [f"Hạn {year}" for year in tally.columns]
    show("muc-do", tally.rename_axis("Mức độ").reset_index(), left=["Mức độ"])
    """

  static let overview = """
    known = plan[plan["last_value"].notna() | plan["probability"].notna()]
    known = known.sort_values(["order", "deadline", "probability", "target_id"])
    overview = pd.DataFrame({
        "Mã": known["target_id"],
        "Chỉ tiêu": known["target_id"].map(name),
        "Hạn": known["deadline"].map(day),
        "Kỳ mới nhất": known["last_period"].map(day),
        "Mới nhất": known["last_value"].map(number),
        "Mục tiêu": known["target"].map(number),
        "Xác suất": known.apply(percent, axis=1) if len(known) else [],
        "Đã kiểm (câu hỏi)": known["checked_questions"],
        "Cơ sở": known["forecast_grade"],
        "Mức độ": known["status"].map(STATUS),
    })
    show("chi-tieu", overview, left=["Mã", "Chỉ tiêu", "Mức độ"], wrapped=["Chỉ tiêu"])
    """

  static let choice = """
    INDICATOR = ""  # để trống: chỉ tiêu đáng lo nhất có dự báo, ưu tiên chỉ tiêu có số liệu đơn vị

    forecast = projections[projections["kind"] == "forecast"]
    PROVINCE = plan["unit"].mode().iloc[0] if len(plan) else forecast["unit"].iloc[0]
    available = set(forecast.loc[forecast["unit"] == PROVINCE, "indicator"])
    if not INDICATOR:
        with_units = set(contributions["indicator"])
        candidates = [code for code in known["indicator"] if code in available]
        candidates += sorted(available)
        candidates.sort(key=lambda code: code not in with_units)
        INDICATOR = candidates[0] if candidates else ""
    display(Markdown(f"**{name(INDICATOR)}** (`{INDICATOR}`), {name(PROVINCE)}{NOTICE}"))
    """

  static let fan = """
    HORIZON = 2030  # năm cuối trên hình

    rows = projections[(projections["indicator"] == INDICATOR) & (projections["unit"] == PROVINCE)].copy()
    rows["date"] = rows["period"].map(date)
    rows = rows[rows["date"].dt.year <= HORIZON].sort_values("date")
    past, future = rows[rows["kind"] == "history"], rows[rows["kind"] == "forecast"]
    if len(past) and len(future):  # dự báo nối tiếp từ giá trị cuối đã quan sát
        start = past.tail(1).copy()
        start[["p10", "p25", "p50", "p75", "p90"]] = start["mean"].iloc[0]
        future = pd.concat([start, future])
    goals = plan[(plan["indicator"] == INDICATOR) & (plan["unit"] == PROVINCE) & plan["target"].notna()]
    goals = goals[goals["year"].astype(int) <= HORIZON]

    figure, axes = plt.subplots(figsize=(9, 4.5))
    axes.fill_between(future["date"], future["p10"], future["p90"], color="#9ecae1", label="80 % (p10–p90)")
    axes.fill_between(future["date"], future["p25"], future["p75"], color="#4292c6", label="50 % (p25–p75)")
    axes.plot(future["date"], future["p50"], color="#08306b", label="trung vị")
    axes.plot(past["date"], past["mean"], color="black", marker=".", label="đã quan sát")
    if len(goals):
        axes.scatter(pd.to_datetime(goals["deadline"]), goals["target"], color="#cb181d", marker="x", s=70,
                     zorder=3, label="mức kế hoạch")
    ends = pd.date_range(rows["date"].min() - pd.DateOffset(months=2), rows["date"].max(), freq="YE")
    axes.set_xticks(ends, [f"12/{end.year}" for end in ends])
    axes.set_title(f"{name(INDICATOR)} · {name(PROVINCE)}{NOTICE}", fontsize=11)
    axes.grid(alpha=0.3)
    axes.legend(loc="best", fontsize=9)
    figure.tight_layout()
    plt.show()
    """

  static let units = """
    units = attainment[(attainment["indicator"] == INDICATOR) & (attainment["unit"] != PROVINCE)
                       & attainment["last_value"].notna()].sort_values(["deadline", "target_id", "unit"])
    if len(units):
        target = units["target_id"].iloc[0]
        units = units[units["target_id"] == target]
        figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.8))
        left.hist(units["last_value"], bins=20, color="#6baed6", edgecolor="white")
        left.axvline(units["target"].median(), color="#cb181d", label="mức tham chiếu")
        left.set_xlabel("giá trị mới nhất")
        left.set_ylabel("số đơn vị")
        left.legend(fontsize=9)
        right.hist(units["probability"].dropna(), bins=[i / 10 for i in range(11)], color="#6baed6",
                   edgecolor="white")
        right.set_xlabel("xác suất đạt mức ấy tại hạn")
        figure.suptitle(f"{name(INDICATOR)}, {target}: {len(units)} đơn vị{NOTICE}", fontsize=11)
        figure.tight_layout()
        plt.show()
        statuses = units["status"].map(STATUS).value_counts().rename_axis("Mức độ")
        show("don-vi", statuses.reset_index(name="Số đơn vị"), left=["Mức độ"])
    else:
        display(Markdown("Chỉ tiêu này không có số liệu theo đơn vị."))
    """

  static let contributions = """
    mine = contributions[(contributions["indicator"] == INDICATOR) & (contributions["rank"] > 0)]
    if len(mine):
        first = mine["target_id"].iloc[0]
        mine = mine[mine["target_id"] == first]
        # Kéo chậm: còn thiếu, kém hơn các đơn vị tương tự, và thứ hạng đủ chắc chắn để nêu tên.
        comparator = attainment.loc[attainment["target_id"] == first, "comparator"]
        lower_is_better = comparator.isin(["<=", "<"]).any()
        difference = mine["difference_from_peers"] * (-1 if lower_is_better else 1)
        behind = mine[(mine["contribution"] > 0) & (difference < 0) & mine["is_named"]]
        behind = behind.nlargest(15, "contribution")
        missing = mine["contribution"].clip(lower=0).sum()
        display(Markdown(
            f"{first}: khoảng thiếu tính từ {len(mine)} đơn vị là {number(mine['contribution'].sum())}; "
            f"{int(mine['is_named'].sum())} đơn vị có thứ hạng đủ chắc chắn để nêu tên."))
        if len(behind):
            figure, axes = plt.subplots(figsize=(9, 0.5 + 0.32 * len(behind)))
            axes.barh(behind["unit"].map(name), 100 * behind["contribution"] / missing, color="#cb181d")
            axes.invert_yaxis()
            axes.set_xlabel("phần trong khoảng thiếu của các đơn vị chưa đạt (%)")
            axes.set_title(f"{name(INDICATOR)}{NOTICE}", fontsize=11)
            figure.tight_layout()
            plt.show()
    else:
        display(Markdown("Chỉ tiêu này không có phần đóng góp theo đơn vị."))
    """

  static let checks = """
    mine = calibration[calibration["indicator"] == INDICATOR]
    if len(mine):
        show("kiem", pd.DataFrame({
            "Số kỳ đi trước": mine["horizon"],
            "Câu hỏi": mine["questions"],
            "Xác suất trung bình": mine["mean_probability"].map(lambda p: number(p)),
            "Tỷ lệ đạt": mine["attained_share"].map(lambda p: number(p)),
            "Brier": mine["brier"].map(lambda p: number(p, 3)),
            "Brier của tỷ lệ chung": mine["brier_base_rate"].map(lambda p: number(p, 3)),
            "Trong khoảng 80 % (%)": mine["coverage80"].map(lambda p: number(p, 0)),
        }))
    else:
        display(Markdown("Chỉ tiêu này chưa được kiểm trên câu hỏi nào của quá khứ."))
    """
}
