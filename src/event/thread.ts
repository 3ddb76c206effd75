import module from 'node:module'
import { Worker, type WorkerOptions } from 'node:worker_threads'

/** Starts a thread on a module beside `importer`: `name` without its extension. */
export function startThread(importer: string, name: string, options: WorkerOptions = {}): Worker {
  // a checkout runs its sources, a published package its build
  const extension = importer.endsWith('.ts') ? 'ts' : 'js'
  // a thread does not inherit the compile cache but by the environment
  const cache = module.getCompileCacheDir()
  const env = cache === undefined ? process.env : { ...process.env, NODE_COMPILE_CACHE: cache }
  return new Worker(new URL(`${name}.${extension}`, importer), { env, ...options })
}
