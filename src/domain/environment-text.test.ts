import { expect, test } from 'vitest'

import { condaPackagesOf, packageVersion, packageWords, pythonOf, requirementsOf } from './environment-text.ts'

test('requirements without comments, options and hashes', () => {
  const text = 'mlflow\n# a comment\n-r other.txt\nnumpy==2.3.5  # pinned\r\ntorch>=2 --hash=sha256:ab\n\ngit+https://x.org/y.git#egg=y\n'
  expect(requirementsOf(text)).toEqual(['mlflow', 'numpy==2.3.5', 'torch>=2', 'git+https://x.org/y.git#egg=y'])
})

test.each([
  ['python: 3.9.12\nbuild_dependencies:\n- pip==21.2.4', '3.9.12'],
  ["python: '3.11'\n", '3.11'],
  ['dependencies:\n- python=3.10.4\n- pip', '3.10.4'],
  ['flavors:\n  python_function:\n    python_version: 3.13.1\n', '3.13.1'],
  ['name: python-env', ''],
])('Python of %j', (text, version) => {
  expect(pythonOf(text)).toBe(version)
})

test('packages of a conda file', () => {
  const text =
    'channels:\n- conda-forge\ndependencies:\n- python=3.9.12\n- pip<=21.2.4\n- scipy=1.2\n- pip:\n  - mlflow\n  - "numpy==1.0"\n  - pip-tools\nname: env\n'
  expect(condaPackagesOf(text)).toEqual(['scipy=1.2', 'mlflow', 'numpy==1.0', 'pip-tools'])
  expect(condaPackagesOf('name: env')).toEqual([])
})

test.each([
  ['numpy==2.3.5', 'numpy 2.3.5'],
  ['mlflow[extras]==3.1', 'mlflow[extras] 3.1'],
  ['scipy=1.2=py39', 'scipy 1.2'],
  ['torch>=2', 'torch>=2'],
  ['mlflow', 'mlflow'],
])('%s', (requirement, words) => {
  expect(packageWords(requirement)).toBe(words)
})

test('a requirement is a name, as pip compares them, and a version', () => {
  expect(packageVersion('NumPy==2.3.5')).toEqual(['numpy', '2.3.5'])
  expect(packageVersion('scikit_learn>=1.5,<2')).toEqual(['scikit-learn', '>=1.5,<2'])
  expect(packageVersion('torch=2.4.1')).toEqual(['torch', '2.4.1'])
  expect(packageVersion('mlflow')).toEqual(['mlflow', 'any'])
})
