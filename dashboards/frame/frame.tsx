/** The frame of every page: the bar of pages, the filters, how fresh the figures are, the language. */

import type { ReactNode } from "react";
import type { Formats } from "../i18n/formats.ts";
import { CheckedFilters } from "./checked-filters.tsx";
import { useSite, useWording } from "./context.ts";
import { FilterBar } from "./filter-bar.tsx";
import { AlertStrip } from "./notes/alert-strip.tsx";
import { PageLink } from "./page-link.tsx";
import { PageTools } from "./page-tools.tsx";
import { PAGES, type PageId, pagesOf } from "./pages.ts";
import { PrintHead } from "./print-head.tsx";
import { SignOut } from "./sign-out.tsx";

interface FrameProps {
  readonly page: PageId;
  readonly children: ReactNode;
}

export function Frame({ page, children }: FrameProps) {
  const { t } = useSite();
  return (
    <div className="frame">
      <Navigation page={page} />
      <div className="body">
        <header className="top">
          {PAGES[page].filtered ? <FilterBar /> : <h1 className="title">{t(`page.${page}`)}</h1>}
          <Freshness />
          <PageTools page={page} />
          <LanguageSwitch />
          <SignOut />
        </header>
        <AlertStrip />
        <main id="main" tabIndex={-1}>
          <PrintHead page={page} />
          {PAGES[page].filtered ? <CheckedFilters>{children}</CheckedFilters> : children}
        </main>
      </div>
    </div>
  );
}

function Navigation({ page }: { page: PageId }) {
  const { t, session } = useSite();
  return (
    <nav aria-label={t("page.all")}>
      <span className="brand" aria-hidden="true">
        M
      </span>
      {pagesOf(session.role).map((id) => (
        <PageLink key={id} page={id} current={id === page}>
          <svg viewBox="0 0 20 20" aria-hidden="true">
            <path d={PAGES[id].icon} />
          </svg>
          <span>{t(`page.${id}`)}</span>
        </PageLink>
      ))}
    </nav>
  );
}

/** With the year where it is not this one. */
function latest(instant: string, formats: Formats): string {
  const thisYear = new Date(instant).getFullYear() === new Date().getFullYear();
  return thisYear ? formats.moment(instant) : formats.momentLong(instant);
}

/** Counted to when, in whose time, and how many rows were refused today. */
function Freshness() {
  const { t, formats, dimensions, session } = useSite();
  const { countedTo, rejectedToday, zone } = dimensions;
  const counted =
    countedTo === null
      ? t("fresh.never")
      : t("fresh.counted", { time: latest(countedTo, formats) });
  const rejected = t("fresh.rejected", {
    count: rejectedToday,
    shown: formats.number(rejectedToday),
  });
  const text = (
    <>
      <span>{counted}</span>
      <span className="zone">{zone}</span>
      {rejectedToday > 0 && <span className="warning">{rejected}</span>}
    </>
  );
  if (!PAGES.sources.roles.includes(session.role)) return <span className="fresh">{text}</span>;
  return (
    <PageLink page="sources" className="fresh" title={t("fresh.open")}>
      {text}
    </PageLink>
  );
}

export function LanguageSwitch() {
  const { language, setLanguage } = useWording();
  const other = language === "en" ? "zh" : "en";
  return (
    <button
      type="button"
      className="language"
      lang={other === "zh" ? "zh-CN" : "en"}
      onClick={() => setLanguage(other)}
    >
      {other === "zh" ? "中文" : "English"}
    </button>
  );
}
