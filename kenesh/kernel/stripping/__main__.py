from kenesh.kernel.stripping.program import main

main()
