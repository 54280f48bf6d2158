import { expectTypeOf, test } from 'vitest'

import { call } from '#data/client.ts'
import type { Services } from '#server/api/services.ts'

import type { Input, OperationName, Operations, Output, Parsed } from './operations.ts'
import type { RunDetail } from './run.ts'
import type { RunsPage } from './runs-page.ts'
import type { Health } from './source.ts'

test('every operation has a method, a path, a role, a limit, an input and an output', () => {
  expectTypeOf<Operations[OperationName]>().toHaveProperty('method')
  expectTypeOf<Operations[OperationName]['path']>().toExtend<`/api/${string}`>()
  expectTypeOf<Operations[OperationName]['role']>().toExtend<'reader' | 'writer'>()
  expectTypeOf<Operations[OperationName]['limit']>().toExtend<number>()
})

test('a caller may leave out what has a default, a handler always gets it', () => {
  expectTypeOf<{ project: string }>().toExtend<Input<'runsPage'>>()
  expectTypeOf<Parsed<'runsPage'>['filter']>().toEqualTypeOf<string>()
  expectTypeOf<Parsed<'keys'>['limit']>().toEqualTypeOf<number>()
})

test('the client infers input and output from the list', () => {
  expectTypeOf(call('run', { run: 'r' })).resolves.toEqualTypeOf<RunDetail>()
  expectTypeOf(call('runsPage', { project: 'p' })).resolves.toEqualTypeOf<RunsPage>()
  expectTypeOf<Output<'health'>>().toEqualTypeOf<Health>()
  expectTypeOf<Output<'series'>>().toEqualTypeOf<Uint8Array>()
  // @ts-expect-error a run is asked for by its id
  void call('run', { id: 'r' })
  // @ts-expect-error no such operation
  void call('runz', {})
})

test('the server answers the same names', () => {
  expectTypeOf<Parameters<Services['call']>[0]>().toEqualTypeOf<OperationName>()
})
