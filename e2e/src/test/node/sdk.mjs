// The official SDK, called by name. Reads BEEPER_BASE_URL and BEEPER_ACCESS_TOKEN as any program that uses the SDK does.
// An argument {"$file": base64, "name"} becomes a file; an answer that is no JSON becomes {"$bytes": base64, "type"}.
// {"call": "chats.markUnread", "args": [...], "all": false} gives {"value": ..., "exchanges": [...]}; with "all", every item of all pages.
// {"operations": true} gives the names of all that can be called.
import BeeperDesktop from '@beeper/desktop-api';
import { serve } from './lines.mjs';

let exchanges = [];

const isJson = (response) => (response.headers.get('content-type') ?? '').startsWith('application/json');

function revived(value) {
  if (Array.isArray(value)) return value.map(revived);
  if (value === null || typeof value !== 'object') return value;
  if ('$file' in value) return new File([Buffer.from(value.$file, 'base64')], value.name);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, revived(item)]));
}

async function told(value) {
  if (!(value instanceof Response)) return value ?? null;
  return { $bytes: Buffer.from(await value.arrayBuffer()).toString('base64'), type: value.headers.get('content-type') };
}

/** Notes every answer as it came, before the SDK makes anything of it. */
async function recordingFetch(url, init) {
  const response = await fetch(url, init);
  const { pathname, search } = new URL(url);
  exchanges.push({
    method: init.method,
    path: pathname,
    query: search,
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: isJson(response) ? await response.clone().text() : '',
  });
  return response;
}

const client = new BeeperDesktop({ fetch: recordingFetch, maxRetries: Number(process.argv[2] ?? 2), logLevel: 'error' });

/** The methods of a resource and of those in it that stand for a route. */
function operations(resource, prefix = '') {
  const methods = new Set();
  for (let at = resource; at !== null; at = Object.getPrototypeOf(at)) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(at))) {
      if (typeof value === 'function' && name !== 'constructor' && String(value).includes('/v1/')) methods.add(prefix + name);
    }
  }
  const inner = Object.entries(resource).filter(([, value]) => value?._client === client);
  return [...methods, ...inner.flatMap(([name, value]) => operations(value, `${prefix}${name}.`))];
}

await serve(async ({ call, args, all, operations: wanted }) => {
  if (wanted) return { value: operations(client) };
  exchanges = [];
  const names = call.split('.');
  const method = names.pop();
  const resource = names.reduce((at, name) => at[name], client);
  try {
    if (!all) return { value: await told(await resource[method](...revived(args))), exchanges };
    const value = [];
    for await (const item of resource[method](...args)) value.push(item);
    return { value, exchanges };
  } catch (e) {
    return { error: { name: e.constructor.name, message: e.message, status: e.status ?? 0, body: e.error ?? null }, exchanges };
  }
});
