/** What a run's models say of the Python they were made with; empty where they say nothing. */
export interface Environment {
  python: string
  /** As written: `numpy==2.3.5`. */
  packages: string[]
}

/** Requirements of a pip file, one each, without comments, options (`-r other.txt`) and hashes. */
export function requirementsOf(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map(line =>
      line
        .replace(/(^|\s)#.*$/, '')
        .replace(/\s+(--hash=|\\$).*$/, '')
        .trim(),
    )
    .filter(line => line !== '' && !line.startsWith('-'))
}

/** Version of Python in MLflow's `python_env.yaml` or `MLmodel`, or in a `conda.yaml`; empty where there is none. */
export function pythonOf(text: string): string {
  const found = /^\s*(?:-\s*)?python(?:_version)?\s*(?::|={1,2})\s*["']?([\d.]+)/m.exec(text)
  return found?.[1] ?? ''
}

/** Packages of a `conda.yaml`, those that pip installs among them; Python itself and pip are left out. */
export function condaPackagesOf(text: string): string[] {
  const start = text.search(/^dependencies\s*:/m)
  if (start < 0) return []
  const list = text.slice(start).split(/\r?\n/).slice(1)
  const end = list.findIndex(line => /^[^\s\-#]/.test(line))
  return (end < 0 ? list : list.slice(0, end))
    .map(line => /^\s*-\s+(.+?)\s*$/.exec(line)?.[1]?.replaceAll(/^["']|["']$/g, '') ?? '')
    .filter(name => name !== '' && !/^(python|pip)\b(?!-)/.test(name) && !name.startsWith('-'))
}

/** Name and version of a requirement, to be read as two words: `numpy 2.3.5`; other conditions stay as written. */
export function packageWords(requirement: string): string {
  return requirement.replace(/^([\w.-]+(?:\[[^\]]*\])?)\s*={1,3}\s*([\w.!+-]+).*$/, '$1 $2')
}

/** Name of a requirement, in lower case and with `-` for `_` as pip takes them for the same, and what it says of the version: `2.3.5`, `>=2,<3`, `any`. */
export function packageVersion(requirement: string): [name: string, version: string] {
  const [, name = requirement, version = ''] = /^([\w.-]+(?:\[[^\]]*\])?)\s*(.*)$/s.exec(requirement) ?? []
  return [name.toLowerCase().replaceAll('_', '-'), version.replace(/^={1,3}\s*(?=[\w.!+-]+$)/, '') || 'any']
}
