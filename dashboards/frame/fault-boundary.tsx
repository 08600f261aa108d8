/** A fault of ours in one page leaves the frame standing, says what it was, and lets the page be drawn anew. */

import { Component, type ReactNode } from "react";
import { Failed } from "./states.tsx";

interface FaultBoundaryProps {
  /** The name of what is drawn, as it reads after "could not load". */
  readonly what: string;
  /** Drawn anew where it changes, such as with the address. */
  readonly of: string;
  readonly children: ReactNode;
}

interface Fault {
  readonly error: Error | null;
  readonly of: string;
}

export class FaultBoundary extends Component<FaultBoundaryProps, Fault> {
  override readonly state: Fault = { error: null, of: this.props.of };

  static getDerivedStateFromError(error: Error): Partial<Fault> {
    return { error };
  }

  static getDerivedStateFromProps({ of }: FaultBoundaryProps, state: Fault): Partial<Fault> | null {
    return of === state.of ? null : { of, error: null };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    const again = () => this.setState({ error: null });
    return <Failed what={this.props.what} error={error} retry={again} />;
  }
}
