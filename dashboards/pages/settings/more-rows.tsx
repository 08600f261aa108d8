/** The button under a list that comes in pages. */

import { useSite } from "../../frame/context.ts";

interface MoreRowsProps {
  readonly query: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => unknown;
  };
}

export function MoreRows({ query }: MoreRowsProps) {
  const { t } = useSite();
  if (!query.hasNextPage) return null;
  return (
    <div className="buttons">
      <button
        type="button"
        disabled={query.isFetchingNextPage}
        onClick={() => void query.fetchNextPage()}
      >
        {t("settings.more")}
      </button>
    </div>
  );
}
