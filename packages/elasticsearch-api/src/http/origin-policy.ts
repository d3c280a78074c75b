import { isIP } from 'node:net';

/** Whom the server knows. */
export interface OriginPolicyOptions {
  /** The address that the server is bound to. */
  readonly host: string;
  /** Names under which the server may be addressed, besides loopback names and addresses. */
  readonly allowedHosts: readonly string[];
  /** Origins of web pages that may send requests, besides those on loopback; `*` allows all. */
  readonly corsOrigins: readonly string[];
}

/** Keeps web pages out: a page that a user happens to visit must not read or wipe a database on the same machine. */
export interface OriginPolicy {
  /** False for a name that is not ours, which is how DNS rebinding shows itself. An absent header is allowed. */
  allowsHost(host: string | undefined): boolean;
  allowsOrigin(origin: string): boolean;
}

/** The policy of one server. */
export function buildOriginPolicy(options: OriginPolicyOptions): OriginPolicy {
  const hosts = new Set([options.host, ...options.allowedHosts].map((host) => host.toLowerCase()));
  /** Clients send the same header with every request. */
  let lastAllowed: string | undefined;
  const isOurs = (host: string): boolean => {
    const name = hostName(`http://${host}`);
    // An address in the Host header is what the client connected to: names alone can be rebound.
    return name !== undefined && (isLoopbackName(name) || isIP(name) !== 0 || hosts.has(name));
  };
  return {
    allowsHost: (host) => {
      if (host === undefined || host === '' || host === lastAllowed) return true;
      if (!isOurs(host)) return false;
      lastAllowed = host;
      return true;
    },
    allowsOrigin: (origin) => {
      if (options.corsOrigins.includes('*') || options.corsOrigins.includes(origin)) return true;
      const name = hostName(origin);
      return name !== undefined && /^https?:/.test(origin) && isLoopbackName(name);
    },
  };
}

function hostName(url: string): string | undefined {
  try {
    return new URL(url).hostname.toLowerCase().replace(/^\[|\]$/g, '');
  } catch {
    return undefined;
  }
}

function isLoopbackName(name: string): boolean {
  return name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127\.\d+\.\d+\.\d+$/.test(name);
}
