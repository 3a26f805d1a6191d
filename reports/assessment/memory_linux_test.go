package assessment_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

// peakMemory runs a command and returns the most memory that it had, in bytes. What
// the system says of a command that has ended begins with the memory of the one that
// started it, so it is asked while the command runs.
func peakMemory(c *exec.Cmd) (most uint64, err error) {
	if err := c.Start(); err != nil {
		return 0, err
	}
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	for tick := time.NewTicker(5 * time.Millisecond); ; {
		select {
		case err := <-ended:
			tick.Stop()
			return most, err
		case <-tick.C:
			most = max(most, highWater(c.Process.Pid))
		}
	}
}

// highWater is the most memory that a process had so far; 0 if it has ended.
func highWater(pid int) (bytes uint64) {
	f, err := os.Open(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if size, ok := strings.CutPrefix(lines.Text(), "VmHWM:"); ok {
			_, _ = fmt.Sscanf(size, "%d kB", &bytes)
		}
	}
	return bytes << 10
}
