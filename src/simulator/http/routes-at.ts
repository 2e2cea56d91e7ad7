import type { Route } from './call.ts';

/** Finds what is served at an address under any method; as at the listener, case and a slash at the end do not matter. */
export function createRoutesAt(routes: Route[]): (address: string) => Route[] {
  const places = routes.map((route) => ({ route, pattern: patternOf(route.path) }));
  return (address) => {
    const [path = ''] = address.split('?');
    return places.filter(({ pattern }) => pattern.test(path)).map(({ route }) => route);
  };
}

/** Those that are there in this mode: what was withdrawn leaves nothing behind. */
export function offered(routes: Route[], mode: 'extended' | 'today'): Route[] {
  return routes.filter(({ extendedOnly }) => extendedOnly !== true || mode === 'extended');
}

function patternOf(path: string): RegExp {
  const escaped = path.replace(/[.$()]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/:\w+/g, '[^/]+')}/?$`, 'i');
}
