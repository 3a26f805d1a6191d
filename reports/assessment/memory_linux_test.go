package assessment_test

import (
	"os"
	"syscall"
)

// peakMemory is the most memory that a program had, in bytes.
func peakMemory(p *os.ProcessState) uint64 {
	usage, ok := p.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	return uint64(usage.Maxrss) << 10
}
