/** A link to another page that takes the filters along. */

import type { ReactNode } from "react";
import { Link, useSearch } from "wouter";
import { MARK_PARAMETER } from "./mark.ts";
import { PAGES, type PageId } from "./pages.ts";

interface PageLinkProps {
  readonly page: PageId;
  readonly className?: string;
  readonly title?: string;
  readonly current?: boolean;
  readonly children: ReactNode;
}

export function PageLink({ page, className, title, current = false, children }: PageLinkProps) {
  // The rows that are looked at belong to this page.
  const parameters = new URLSearchParams(useSearch());
  parameters.delete(MARK_PARAMETER);
  const search = parameters.toString();
  return (
    <Link
      href={`${PAGES[page].path}${search === "" ? "" : `?${search}`}`}
      className={className}
      title={title}
      aria-current={current ? "page" : undefined}
    >
      {children}
    </Link>
  );
}
