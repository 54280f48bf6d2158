import { Popover as Base } from '@base-ui/react/popover'

import { popupParts, type PopupProps } from './popup.ts'

/** The open popover at its anchor. */
export function PopoverPopup(props: PopupProps) {
  const { root, portal, positioner, popup } = popupParts(props)
  return (
    <div hidden>
      <Base.Root {...root}>
        <Base.Portal {...portal}>
          <Base.Positioner {...positioner}>
            <Base.Popup {...popup}>{props.children}</Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
    </div>
  )
}
