import type { Problem } from '../sync/command.ts'
import { Back } from './A.tsx'

/** In place of a card that cannot be shown: why not, and the way back. */
export const Missing = ({ problem }: { problem: Problem | undefined }) => (
  <>
    <header className="band" data-level="none">
      <Back />
    </header>
    <main className="card">
      <p className="quiet">{problem ? (problem.status === 404 ? '没有找到，或已不在您的查看范围内' : problem.detail) : '正在读取…'}</p>
    </main>
  </>
)
