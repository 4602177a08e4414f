import { Component, type ReactNode } from 'react';
import { ErrorBanner } from '../components/ErrorBanner.tsx';
import { sv } from '../text/sv.ts';
import { CoreError } from './core-client.ts';

/** What could not be shown does not take the rest with it. The error's own text may quote a fact, so it is not shown. */
export class Boundary extends Component<{ readonly children: ReactNode }, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    return this.state.hasFailed ? (
      <ErrorBanner error={new CoreError('fault', sv.common.crashed)} />
    ) : (
      this.props.children
    );
  }
}
