import { createContext } from 'react'
import type { ReactNode } from 'react'

/** A line that every page header shows below itself, such as the loss of the connection; null while there is nothing to say. */
export const PageNotice = createContext<ReactNode>(null)
