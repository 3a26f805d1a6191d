//go:build !linux

package assessment_test

import "os/exec"

// peakMemory runs a command. What memory it had each system counts in its own way.
func peakMemory(c *exec.Cmd) (uint64, error) { return 0, c.Run() }
