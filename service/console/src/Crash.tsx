import { Component, type ReactNode } from 'react';

/** Says so when the console itself fails, instead of leaving a blank page. */
export class Crash extends Component<{ children: ReactNode }, { failure: Error | null }> {
  override state: { failure: Error | null } = { failure: null };

  static getDerivedStateFromError(failure: Error) {
    return { failure };
  }

  override render() {
    if (this.state.failure === null) return this.props.children;
    return (
      <main className="plain-page">
        <div className="notice danger" role="alert">
          <strong>The console failed</strong>
          <span>{this.state.failure.message}</span>
          <span>Nothing you saved is lost; unsaved text of a report is kept in this tab.</span>
          <div className="notice-actions">
            <button type="button" onClick={() => window.location.reload()}>
              Load it again
            </button>
          </div>
        </div>
      </main>
    );
  }
}
