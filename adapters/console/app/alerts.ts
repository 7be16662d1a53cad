/** Tells an officer who is looking at something else that somebody waits. Never what or who: a notification is seen by whoever stands by. */
import { useEffect } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import { useHouse } from './house.ts'
import { ACCOUNT, NOTES } from './words.ts'

const KEY = 'antam.alerts'

export type AlertState = 'missing' | 'denied' | 'off' | 'on'

/** @returns whether this browser shows notifications of ours. */
export function alertState(): AlertState {
  if (!('Notification' in globalThis)) return 'missing'
  if (Notification.permission === 'denied') return 'denied'
  return Notification.permission === 'granted' && localStorage.getItem(KEY) === 'on' ? 'on' : 'off'
}

/** Asks the browser; only after a press of a button. @returns what came of it. */
export async function switchAlertsOn(): Promise<AlertState> {
  const permission = await Notification.requestPermission()
  if (permission === 'granted') localStorage.setItem(KEY, 'on')
  return alertState()
}

function alertOutside(): void {
  if (document.visibilityState === 'hidden' && alertState() === 'on') new Notification(ACCOUNT.alert, { tag: 'antam.waiting', icon: '/icon.svg' })
}

/** Listens for as long as the console is open. */
export function useAlerts(): void {
  const { live, say } = useHouse()
  const [location] = useLocation()
  useEffect(
    () =>
      live.hear((heard) => {
        if (heard.kind === 'waiting') alertOutside()
        if (heard.kind === 'mention' && !location.includes(encodeURIComponent(heard.chat))) say(NOTES.mentioned(heard.by))
      }),
    [live, say, location],
  )
}
