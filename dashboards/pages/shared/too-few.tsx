import type { ReactNode } from "react";
import { useWording } from "../../frame/context.ts";

interface TooFewProps {
  readonly short?: boolean;
  /** The words; given by those whose cells are searched and kept in files. */
  readonly children?: ReactNode;
}

/** A cell below the suppression threshold: hatched, and it says so; `short` where many stand in a row. */
export function TooFew({ short = false, children }: TooFewProps) {
  const { t } = useWording();
  return (
    <span className="too-few" title={t("state.tooFew")}>
      {children ?? t(short ? "state.tooFewShort" : "state.tooFew")}
    </span>
  );
}
