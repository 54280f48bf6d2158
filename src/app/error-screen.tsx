import { Link, type ErrorComponentProps } from '@tanstack/react-router'

import { Button } from '#ui/button.tsx'
import { PageHeader } from '#ui/page-header.tsx'
import { Empty, Failed } from '#ui/states.tsx'

/** Stands in for a page that threw. The frame around it stays usable. */
export function ErrorScreen({ error, reset }: ErrorComponentProps) {
  return (
    <>
      <title>Error · Readout</title>
      <PageHeader breadcrumb={[{ key: 'error', node: <h1>Error</h1> }]} />
      <Failed
        what="This page cannot be shown."
        error={error}
        action={
          <Button look="outline" onClick={reset}>
            Try again
          </Button>
        }
      />
    </>
  )
}

/** Stands where an address leads to no page. */
export function NotFoundScreen() {
  return (
    <>
      <title>Not found · Readout</title>
      <PageHeader breadcrumb={[{ key: 'missing', node: <h1>Not found</h1> }]} />
      <Empty action={<Link to="/">All runs</Link>}>There is no page at this address.</Empty>
    </>
  )
}
