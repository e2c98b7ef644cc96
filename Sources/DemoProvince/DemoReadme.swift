import TimeSeries

/// The description of the generating process that lies beside the files.
enum DemoReadme {
  static func text(seed: UInt64, world: DemoWorld) -> String {
    [
      introduction(seed), files, process, reporting(world), province, truth,
    ].joined(separator: "\n")
  }

  private static func introduction(_ seed: UInt64) -> String {
    """
    # Tỉnh Mẫu: a SYNTHETIC province

    **SYNTHETIC DATA. Every unit and every number in this folder is invented.** "Tỉnh Mẫu" (Sample
    Province), its two former provinces and its 95 units do not exist; nothing here says anything about
    a real commune, ward, department or province. Only the targets and the ids and lead organisations of
    the tasks are those of the two plans, so that the whole job can be shown; the reports on these tasks
    are invented too. Levels and speeds were set by hand to look plausible, not estimated from anything.

    Made by `vedich demo-data --seed \(seed)`: the same seed gives the same bytes. Do not edit these
    files: change the generator and run it again. They may be used by anyone for anything.

    """
  }

  private static let files = """
    ## Files

    | file | one row is |
    | --- | --- |
    | `units.csv` | a unit (95 communes and wards, two former provinces, the province) in one interval of validity; one commune became a ward in 2026 and has two rows |
    | `observations.csv` | a reported value: what was known on 2026-10-31 |
    | `baselines.csv` | the value a roadmap starts from: December 2025, or the year 2025; `data_reuse_share` has none |
    | `assignments.csv` | a value that one unit was asked to reach (cashless payments and health records) |
    | `task_reports.csv` | an invented report on a task; `completion` is 0 to 1; a task without a row was not reported |
    | `drivers.csv` | a budget share for science, technology, innovation and digital transformation: by month and unit as disbursed (share of budget spending), by year for the province as settled (share of GRDP) |
    | `budget.csv` | the money of a year and unit in VND, of which shares are taken |
    | `scenarios.yaml` | a sample of scenarios for `vedich scenario compare` |
    | `truth.csv` | the value of December 2026 or 2030 as the process goes on: `settling`, the figure that decides a target; `latent`, the share that the process expects, before counting noise and register errors |
    | `truth_outcomes.csv` | whether a target was attained (1) or not (0) by the settling figure |
    | `truth_parameters.csv` | a parameter of the generating process |

    Communes report monthly from 2025-07 to 2026-10, the former provinces from 2023-01 to 2025-06. Every row
    carries the word `synthetic`, in `source` or `note`.

    """

  private static let process = """
    ## How the shares come about

    Twelve shares, each with numerator and denominator. For unit *u* and month *t* the expected share is

        share = ceiling_u × F(z)
        z = anchor + effect_u + pace_u × clock(t) + shock(t) + own_u(t) + driven_u(t) − 0.12 × tet(t)

    - *F* is logistic, or Gompertz for `digital_signature_share`, `coverage_5g` and `data_reuse_share`.
    - `clock` is the sum over months of a common speed of adoption, whose logarithm is autoregressive (0.95): the
      pace of all units rises and falls together. So no curve of a textbook family fits exactly.
    - `effect_u` is a lead of wards, a lead of former province A over B, and a normal unit effect; `pace_u` varies
      by 20 % between units and ceilings by 1.2 points.
    - `shock` is a common AR(1) (0.93), `own_u` an AR(1) of each unit (0.8 for flows, 0.95 for registers).
    - `driven_u` is the effect of the unit's budget share (`drivers.csv`): θ × Σ 0.5^{k+1} × (share k months ago − share of
      October 2026), θ = 0.3 a percentage point for `online_service_use_share`, 0.2 for `data_reuse_share`, 0 for all
      else. The shares move by steps of each unit's own, about one in five months, and stay after October 2026.
    - `tet` is 1 in the month of the lunar new year; it concerns flows only (transactions, dossiers, payments),
      whose number then also falls by 30 %.
    - Flows are counted anew each month with twice the variance of a binomial. Registers (accounts, records,
      households, coverage) move smoothly.
    - The denominators of registers come from the population register, which is brought up to date each January.
      The revision of January 2026 loses residents of two units where nearly everyone has a bank account: their
      shares stand slightly above 100 % (never above 105 %) during 2026.
    - `digitised_records_share` has a ceiling above 1: a unit that arrives at exactly 100 % stays there.
    - `digital_signature_share` changes its definition in 2026-03 (personal electronic signatures count as
      well) and jumps; the rows of that month say so.

    """

  private static func reporting(_ world: DemoWorld) -> String {
    let late = world.units.filter(\.isLate).map(\.code).joined(separator: ", ")
    let outages = world.units.filter { !$0.outage.isEmpty }.map { unit in
      let first = DemoCalendar.month(unit.outage.lowerBound)
      let last = DemoCalendar.month(unit.outage.upperBound - 1)
      return "\(unit.code) (\(first) to \(last))"
    }
    return """
      ## How it is reported

      - Reports come in during the last four days of the month they describe; 3 % come 12 to 71 days later. Seven
        units are usually late (\(late)): their last months are often absent.
      - Gaps: 1.2 % of all months at random; five units lose two or three whole months: \(outages.joined(separator: ", ")).
        Former province B has no figures for 2024-02 and 2024-03. `household_1gbps` is reported by communes only
        from 2025-09.
      - Outliers: 0.4 % of the values are mistyped (a digit lost, or the first two exchanged); about half of them
        are corrected in a later row, unless that would come after 2026-10-31.
      - Revisions: 2.6 % of the values are first reported about 1.5 % too low as `preliminary` and revised
        as `official` one to three months later: two rows with one key and two values of `reported_at`.
      - Two units have a register that lost residents: \(world.shares.staleUnits.joined(separator: ", ")).

      """
  }

  private static let province = """
    ## The province

    - For `cashless_share`, `vneid_accounts_share`, `ehealth_record_share`, `bank_account_share` and `coverage_5g` the lead
      department publishes a figure of its own (value only), which settles the target and differs a little from
      the ratio of the units' sums: a constant bias and an AR(1) on the logit scale. Those of the State Bank
      (cashless, bank accounts) come a month later. The other shares have no published figure: aggregate the units.
    - Year-to-date counts (`st_enterprises_new`, `scopus_isi_papers`, `patents_utility_solutions`,
      `commercialised_products`, `public_initiatives`): Poisson by month, with a share of a year's
      events in December and a common shock a year; they begin again each January. Papers come out three months
      late and 12 % of them are indexed another three months later. Figures of the province before July 2025 are
      the sums of the two former provinces.
    - `startups_innovative` is a stock with births and exits, `innovation_hubs` a small count by quarter.
    - `digital_economy_share`: annual from 2020, from 2023 as *ước*, *sơ bộ* and *chính thức*; and a monthly *ước* from
      2024-01, biased by −0.35 points with an error of 0.3.
    - `st_budget_share`: annual, numerator and denominator in VND, as a share of GRDP; the note names the stage. The
      targets of 2030 speak of provincial budget spending instead: their outcome is that of
      `settling_of_budget_spending` in `truth.csv`. The two are never one series.
    - `dti_score`, `dti_rank`, `pii_rank`: annual; the note of a rank holds N, the number of provinces ranked.

    """

  private static let truth = """
    ## The truth

    The process runs on to 2030-12 with the same streams, without mistakes, gaps or delays. A target of the province is
    decided by its settling figure: the published one where there is one, otherwise the ratio of the units' sums. A
    unit is measured against its assigned value where `assignments.csv` has one, otherwise against the province's
    value as a reference. Targets of 2045 have no outcome here. Never show these files to a model.
    """ + "\n"
}
