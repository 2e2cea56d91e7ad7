import type { Badge, Row } from '../cards/card.ts';

/** A row of a list on a page: pressed, it runs its action. */
export interface PageRow {
  readonly heading: string;
  readonly details: readonly string[];
  readonly badge?: { readonly text: string; readonly style: Badge['style'] };
  readonly action?: { readonly title: string; readonly data: Readonly<Record<string, unknown>> };
  /** Of a window that closes: how many days of how many are left. */
  readonly days?: { readonly left: number; readonly of: number };
  readonly steps?: readonly { readonly text: string; readonly time: string; readonly status: string }[];
}

/** A row of a card, without what only cards have. */
export function toPageRow({ heading, details, badge, action }: Row): PageRow {
  return {
    heading,
    details,
    ...(badge && { badge: { text: badge.text, style: badge.style } }),
    ...(action?.data && { action: { title: action.title, data: action.data } }),
  };
}
