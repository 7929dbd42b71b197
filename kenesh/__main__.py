import sys

from kenesh.site.command_line import main

sys.exit(main())
