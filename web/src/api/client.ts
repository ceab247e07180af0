import { networkProblem, problemFrom } from './problem';

export const API_BASE = '/api/v1';

export interface RequestOptions {
  /** A file goes as it is, everything else as JSON. */
  body?: unknown;
  bearer?: string | undefined;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** One exchange with the API: JSON or a file in, JSON or text out, every failure a `ProblemError`. Who asks is the caller's affair. */
export async function send<Answer>(method: string, path: string, options: RequestOptions = {}): Promise<Answer> {
  const response = await exchange(method, path, options);
  if (!response.ok) throw await problemFrom(response);
  return (await answerOf(response)) as Answer;
}

function answerOf(response: Response): Promise<unknown> | undefined {
  if (response.status === 204) return undefined;
  return response.headers.get('Content-Type')?.startsWith('text/') ? response.text() : response.json();
}

/** Whether the server can be reached at all. A refusal is an answer; a proxy that finds nobody behind it is none. */
export async function serverAnswers(): Promise<boolean> {
  return exchange('GET', '/nickname', {}).then(
    ({ status }) => status < 500,
    () => false,
  );
}

async function exchange(method: string, path: string, options: RequestOptions): Promise<Response> {
  const { body, bearer, headers, signal } = options;
  const file = body instanceof Blob;
  const init: RequestInit = {
    method,
    credentials: 'same-origin',
    headers: {
      Accept: 'application/json',
      ...(body === undefined || file ? {} : { 'Content-Type': 'application/json' }),
      ...(bearer ? { Authorization: `Bearer ${bearer}` } : {}),
      ...headers,
    },
  };
  if (body !== undefined) init.body = file ? body : JSON.stringify(body);
  if (signal) init.signal = signal;
  try {
    return await fetch(API_BASE + path, init);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw networkProblem();
  }
}
