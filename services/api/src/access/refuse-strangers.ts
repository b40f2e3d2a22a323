/**
 * Who may call, until there is a login: programs of this machine, and pages of our own. The server listens on loopback,
 * which keeps out other machines but not a web page that the user has open. Such a page can reach loopback by itself
 * (its requests say so in Sec-Fetch-Site) or by a name of its own that it lets point to 127.0.0.1 (DNS rebinding: then
 * the Host header names that site). Both are refused.
 * Sources: https://www.w3.org/TR/fetch-metadata/, https://fetch.spec.whatwg.org/#origin-header
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ProblemError } from '../problems/problem.ts';

const LOOPBACK = /^(localhost|[a-z0-9-]+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const PORT = /:\d{1,5}$/;

export function refuseStrangers(app: FastifyInstance, allowed: ReadonlySet<string>): void {
  app.addHook('onRequest', async (request) => {
    if (!isAllowedHost(request.headers.host ?? '', allowed)) {
      throw forbidden('host-not-allowed', 'This host name is not allowed; ALLOWED_HOSTS names those that are');
    }
    if (isForeign(request)) throw forbidden('cross-site', 'Requests from pages of other sites are refused');
  });
}

function isAllowedHost(host: string, allowed: ReadonlySet<string>): boolean {
  if (allowed.has('*')) return true;
  const name = host.toLowerCase().replace(PORT, '');
  return LOOPBACK.test(name) || allowed.has(name);
}

/** A link that somebody follows to our page is fine: the page that had it sees nothing of ours. */
function isForeign({ headers, method, url }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return false;
  const followsLink = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  return !(followsLink && method === 'GET' && !url.startsWith('/api/'));
}

function forbidden(code: string, detail: string): ProblemError {
  return new ProblemError({ code, title: 'Refused', status: 403, detail });
}
