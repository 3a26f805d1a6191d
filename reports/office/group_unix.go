//go:build unix

package office

import (
	"os/exec"
	"syscall"
)

// killAll makes stopping the command stop what it has started, too: soffice is a
// script that starts a program that starts another.
func killAll(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
