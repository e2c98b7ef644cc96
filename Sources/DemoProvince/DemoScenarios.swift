/// A sample of `scenarios.yaml`.
enum DemoScenarios {
  static let text = """
    # SYNTHETIC sample: scenarios for `vedich scenario compare`. Shares are percent of budget spending.
    scenarios:
      - name: hai_phan_tram
        title: Chi 2 % ngân sách từ năm 2027
        drivers:
          - driver: st_budget_share
            denominator: budget_spending
            path:
              - {from: 2027-01, level: 2}
        sets_targets: [92-17]
      - name: tang_dan_ba_phan_tram
        title: Tăng dần đến 3 % vào cuối năm 2028
        drivers:
          - driver: st_budget_share
            denominator: budget_spending
            path:
              - {from: 2027-01, to: 2028-12, ramp_to: 3}
        sets_targets: [92-17]
      - name: chi_mot_lan
        title: Cấp thêm một lần 1 điểm phần trăm trong nửa đầu năm 2027
        drivers:
          - driver: st_budget_share
            denominator: budget_spending
            path:
              - {from: 2027-01, to: 2027-06, add: 1}
      - name: nhanh_hon_mot_phan_ba
        title: Tốc độ nhanh gấp 4/3
        pace:
          factor: 1.3333
      - name: keo_nhom_cham
        title: Nhóm chậm bắt kịp trung vị đến cuối năm 2027
        pace:
          catch_up_by: 2027-12
      - name: dung_lai
        title: Đứng yên như hiện nay
        pace:
          freeze_from: 2026-11
      - name: tran_thap_hon
        title: Trần 90 % cho chữ ký số
        ceilings:
          - {indicator: digital_signature_share, ceiling: 90}
      - name: ho_tro_muoi_xa
        title: Hỗ trợ riêng ba xã
        units:
          - {unit: M073, indicator: online_service_use_share, from: 2027-01, add: 5}
          - {unit: M082, indicator: online_service_use_share, from: 2027-01, add: 5}
          - {unit: M003, indicator: online_service_use_share, from: 2027-01, add: 5}

    """
}
