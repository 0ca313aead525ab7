import { Component, type ReactNode } from 'react'

const TRY_AGAIN_MS = 10_000

/** A pane that fails says so and tries again; the rest of the screen goes on. */
export class Guard extends Component<{ name: string; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }
  private timer = 0

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override componentDidCatch() {
    this.timer = window.setTimeout(() => this.setState({ failed: false }), TRY_AGAIN_MS)
  }

  override componentWillUnmount() {
    window.clearTimeout(this.timer)
  }

  override render() {
    if (!this.state.failed) return this.props.children
    return (
      <div className="guard" role="alert">
        {this.props.name}显示出错，正在重试
      </div>
    )
  }
}
