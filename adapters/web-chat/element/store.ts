/** What the browser keeps for this server: localStorage, or only this page's memory where that is blocked. */

export interface Store {
  /** Whether it survives a reload. */
  readonly lasting: boolean
  get(key: string): string | null
  /** @returns whether it was kept: a full disk keeps nothing */
  set(key: string, value: string): boolean
  remove(key: string): void
  /** Keys that start with `start`, sorted. */
  keys(start: string): string[]
  /** Calls back with a key that another tab changed; returns how to stop. */
  watch(changed: (key: string) => void): () => void
}

/** @param scope goes before every key: two servers on one site never see each other's tokens */
export function openStore(scope: string): Store {
  try {
    const probe = `${scope}probe`
    localStorage.setItem(probe, '1')
    localStorage.removeItem(probe)
    return inBrowser(scope)
  } catch {
    return inMemory()
  }
}

function inBrowser(scope: string): Store {
  return {
    lasting: true,
    get: (key) => localStorage.getItem(scope + key),
    set: (key, value) => write(scope + key, value),
    remove: (key) => localStorage.removeItem(scope + key),
    keys: (start) =>
      Object.keys(localStorage)
        .filter((key) => key.startsWith(scope + start))
        .map((key) => key.slice(scope.length))
        .sort(),
    watch: (changed) => watchStorage(scope, changed),
  }
}

function write(key: string, value: string): boolean {
  try {
    localStorage.setItem(key, value)
    return true
  } catch {
    return false
  }
}

function watchStorage(scope: string, changed: (key: string) => void): () => void {
  const listen = ({ key }: StorageEvent) => {
    if (key?.startsWith(scope)) changed(key.slice(scope.length))
  }
  addEventListener('storage', listen)
  return () => removeEventListener('storage', listen)
}

export function inMemory(): Store {
  const kept = new Map<string, string>()
  return {
    lasting: false,
    get: (key) => kept.get(key) ?? null,
    set: (key, value) => kept.set(key, value).has(key),
    remove: (key) => void kept.delete(key),
    keys: (start) => [...kept.keys()].filter((key) => key.startsWith(start)).sort(),
    watch: () => () => {},
  }
}

/** @returns what was kept under `key`, or undefined when nothing or nothing readable is there. */
export function readJson<T>(store: Store, key: string): T | undefined {
  try {
    const text = store.get(key)
    return text === null ? undefined : (JSON.parse(text) as T)
  } catch {
    return undefined
  }
}
