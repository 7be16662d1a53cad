/** Drawings in the line of the chat's. All are ornament: words stand beside them or in the label. */
const PATHS = {
  queue: 'M4 5h16v11H9l-5 4V5Z',
  cases: 'M6 3h9l4 4v14H6V3Zm8 0v5h5M9 12h7M9 16h7',
  clusters: 'M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6Zm-6 8c0-3 2.7-5 6-5s6 2 6 5M16 11a2.5 2.5 0 1 0 0-5M17 14c2.4.4 4 2.2 4 4.5',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13Zm4.8-1.7L21 21',
  reports: 'M4 20h16M7 16v-5M12 16V6M17 16v-8',
  replies: 'M5 4h14v16H5V4Zm3 5h8M8 13h8M8 17h5',
  officers: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-7 9c0-4 3-6 7-6s7 2 7 6',
  audit: 'M12 3l7 3v5c0 5-3 8-7 10-4-2-7-5-7-10V6l7-3Zm-3 9l2 2 4-4',
  account: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-7 9c0-4 3-6 7-6s7 2 7 6',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  megaphone: 'M4 10v4h3l8 5V5l-8 5H4Zm14-1a4 4 0 0 1 0 6M8 14l1 6h2l-.7-5',
  list: 'M9 6h11M9 12h11M9 18h11M4 6h.01M4 12h.01M4 18h.01',
  phone: 'M6 3h4l2 5-3 2a11 11 0 0 0 5 5l2-3 5 2v4c0 1-1 2-2 2C11 20 4 13 4 5c0-1 1-2 2-2Z',
  poster: 'M4 4h6v6H4V4Zm10 0h6v6h-6V4ZM4 14h6v6H4v-6Zm10 0h2v2h-2v-2Zm4 4h2v2h-2v-2Z',
  training: 'M12 4 2 9l10 5 10-5-10-5ZM6 11.5V16c0 2 3 3 6 3s6-1 6-3v-4.5M21 9.5V15',
  question: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm-2.5-11a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .8-1 1.7M12 17h.01',
  lock: 'M6 11h12v9H6v-9Zm2 0V8a4 4 0 0 1 8 0v3',
  back: 'M15 5l-7 7 7 7',
  close: 'M6 6l12 12M18 6 6 18',
  send: 'M12 20V5M6 11l6-6 6 6',
  down: 'M12 4v15M6 13l6 6 6-6',
  panel: 'M4 5h16v14H4V5Zm10 0v14',
} as const
export type IconName = keyof typeof PATHS

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg
      class="icon"
      viewBox="0 0 24 24"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      stroke-width="1.8"
      stroke-linecap="round"
      stroke-linejoin="round"
    >
      <path d={PATHS[name]} />
    </svg>
  )
}

/** The shield with the heart, as in the chat. */
export function Emblem() {
  return (
    <svg class="emblem" viewBox="0 0 64 64" aria-hidden="true">
      <rect width="64" height="64" rx="16" fill="#0f5d57" />
      <path d="M32 11c6.2 4 12 5.4 18 5.6v13.6c0 10.8-7.2 18.6-18 22.8-10.8-4.2-18-12-18-22.8V16.6C20 16.4 25.8 15 32 11Z" fill="#e9f4ef" />
      <path d="M32 43.5c-6.6-4.6-10.4-8.3-10.4-12.7a5.7 5.7 0 0 1 10.4-3.3 5.7 5.7 0 0 1 10.4 3.3c0 4.4-3.8 8.1-10.4 12.7Z" fill="#d9673f" />
    </svg>
  )
}
