import { getRouteApi } from '@tanstack/react-router'

import { PageHeader } from '#ui/page-header.tsx'

const route = getRouteApi('/projects/$project')

/** The runs of one project. */
export function RunsPage() {
  const { project } = route.useParams()
  return <PageHeader breadcrumb={[{ key: 'project', node: project }]} />
}
