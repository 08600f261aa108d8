import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { dimensionsQuery, queryClient, sessionQuery } from "./api/queries.ts";
import { App } from "./app.tsx";
import { preloadCharts } from "./frame/chart.tsx";
import { applyTokens } from "./theme/use-tokens.ts";
import "./theme/base.css";
import "./theme/frame.css";
import "./theme/content.css";
import "./theme/overlay.css";
import "./theme/table.css";
import "./theme/marks.css";
import "./theme/sources.css";
import "./theme/study.css";
import "./theme/drop.css";
import "./theme/notes.css";
import "./theme/form.css";
import "./theme/live.css";
import "./theme/compare.css";
import "./theme/print.css";

applyTokens();
// All that the first chart needs is asked for at once, not one after the other.
void queryClient.prefetchQuery(sessionQuery);
void queryClient.prefetchQuery(dimensionsQuery);
preloadCharts();

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
