/** Student's t at 97.5 % for 1 to 30 degrees of freedom. */
const quantiles = [
  12.7062047364, 4.30265272991, 3.18244630528, 2.7764451052, 2.57058183564, 2.44691184879, 2.36462425101, 2.30600413503, 2.26215716274,
  2.22813885196, 2.20098516008, 2.17881282966, 2.16036865646, 2.14478668792, 2.13144954556, 2.11990529922, 2.10981557783, 2.10092204024,
  2.09302405441, 2.08596344727, 2.07961384473, 2.0738730679, 2.06865761042, 2.06389856163, 2.05953855275, 2.05552943864, 2.05183051648,
  2.0484071418, 2.04522964213, 2.0422724563,
]
/** The normal distribution at 97.5 %. */
const z = 1.959963984540054

/** Student's t for a two-sided interval of 95 %, to eight digits; NaN without a degree of freedom. */
export function studentT95(degrees: number): number {
  if (!(degrees >= 1)) return Number.NaN
  const known = quantiles[degrees - 1]
  if (known !== undefined) return known
  // Abramowitz & Stegun 26.7.5.
  const [z2, z3] = [z ** 2, z ** 3]
  const terms = [
    (z3 + z) / 4,
    (z3 * (5 * z2 + 16) + 3 * z) / 96,
    (z3 * (z2 * (3 * z2 + 19) + 17) - 15 * z) / 384,
    (z3 * (z2 * (z2 * (79 * z2 + 776) + 1_482) - 1_920) - 945 * z) / 92_160,
  ]
  return terms.reduceRight((sum, term) => (sum + term) / degrees, 0) + z
}
