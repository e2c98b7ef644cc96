import LinearAlgebra

/// The sums of rows, held column after column, over groups numbered from 0.
func groupSums(
  _ z: [Double], rows n: Int, columns k: Int, groups: [Int], count: Int
) -> [Double] {
  var sums = [Double](repeating: 0, count: count * k)
  for j in 0..<k {
    for i in 0..<n { sums[j * count + groups[i]] += z[j * n + i] }
  }
  return sums
}

/// Numbers the groups of rows from 0 in the order of their first rows.
func numbered<Key: Hashable>(_ keys: [Key]) -> (groups: [Int], count: Int) {
  var numbers: [Key: Int] = [:]
  var groups: [Int] = []
  groups.reserveCapacity(keys.count)
  for key in keys {
    let next = numbers.count
    groups.append(numbers[key] ?? next)
    if numbers[key] == nil { numbers[key] = next }
  }
  return (groups, numbers.count)
}

/// One- and two-way clustered covariances from influences of rows.
func clusteredEstimate(
  _ z: [Double], _ factor: DesignFactor, groupings: [[Int]], options: SandwichOptions
) throws(CovarianceError) -> SandwichEstimate {
  let (n, k) = (factor.rowCount, factor.rank)
  guard groupings.count == 1 || groupings.count == 2 else {
    throw .groupingCount(groupings.count)
  }
  var parts: [(groups: [Int], count: Int)] = []
  for (index, grouping) in groupings.enumerated() {
    guard grouping.count == n else {
      throw .groupingLength(grouping: index, groups: grouping.count, rows: n)
    }
    let part = numbered(grouping)
    guard part.count > 1 else {
      throw .tooFewClusters(grouping: index, clusters: part.count)
    }
    parts.append(part)
  }
  if parts.count == 2 {
    parts.append(numbered(zip(parts[0].groups, parts[1].groups).map { [$0, $1] }))
  }
  let adjusts = options.smallSample ?? true
  var total = Matrix(rowCount: k, columnCount: k)
  for (index, part) in parts.enumerated() {
    let sums = groupSums(z, rows: n, columns: k, groups: part.groups, count: part.count)
    let adjustment = adjusts ? Double(part.count) / Double(part.count - 1) : 1
    total += crossProduct(sums, rows: part.count, columns: k)
      .scaled(by: index == 2 ? -adjustment : adjustment)
  }
  if adjusts { total = total.scaled(by: Double(n - 1) / Double(n - k)) }
  var repaired = 0
  if parts.count == 3 && options.repairsIndefinite {
    (total, repaired) = withoutNegativeEigenvalues(total)
  }
  return SandwichEstimate(
    factor.scattered(total), clusterCounts: parts.map(\.count), repaired: repaired)
}

/// The nearest positive semidefinite matrix, and how many eigenvalues were set to zero for it.
private func withoutNegativeEigenvalues(_ matrix: Matrix) -> (Matrix, Int) {
  guard let spectrum = try? SymmetricEigendecomposition(matrix), let top = spectrum.values.last
  else { return (matrix, 0) }
  // Below rounding a negative eigenvalue says nothing.
  let bound = -Double(matrix.rowCount) * Double.ulpOfOne * top.magnitude
  let negative = spectrum.values.count { $0 < bound }
  guard negative > 0 else { return (matrix, 0) }
  let roots = spectrum.values.map { max(0, $0).squareRoot() }
  return ((spectrum.vectors * Matrix(diagonal: roots)).outerGramMatrix(), negative)
}
