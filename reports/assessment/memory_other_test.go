//go:build !linux

package assessment_test

import "os"

// peakMemory is not known where every system counts it in a way of its own.
func peakMemory(*os.ProcessState) uint64 { return 0 }
